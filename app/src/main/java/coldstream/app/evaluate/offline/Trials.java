package coldstream.app.evaluate.offline;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.app.evaluate.protocol.EvaluateOptions;
import coldstream.app.evaluate.protocol.LeaveOneOutOptions;
import coldstream.app.evaluate.protocol.ProgressLine;
import coldstream.trainer.learning.LearnerConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs every arm with every seed on a split. */
final class Trials {

    private final LeaveOneOut split;
    private final Lesson lesson;
    private final EvaluateOptions options;
    private final ProgressLine progress;
    private final TestStratum.Tail tail;
    private final int[] ranked;

    Trials(LeaveOneOut split, Lesson lesson, EvaluateOptions options, ProgressLine progress) {
        this.split = split;
        this.lesson = lesson;
        this.options = options;
        this.progress = progress;
        tail = TestStratum.Tail.of(split);
        ranked = Ranking.users(split, options.leaveOneOut().rankedUsers());
    }

    /** The learner's settings for an arm: the paper's rows have one negative a positive. */
    static LearnerConfig config(Arm arm, long seed) {
        return arm.config(seed, 0, "implicit").with("negatives", "1");
    }

    /** What is fitted once and learns nothing from the seed. */
    private record Floor(String name, Predictor predictor, Ranking ranking, double seconds) {}

    /**
     * Every seed's floors, then its networks in the order of the arms.
     *
     * @param soFar told after every seed; all arms have the same seeds then
     */
    List<Trial> run(Consumer<List<Trial>> soFar) throws IOException {
        List<Floor> floors = floors();
        List<Arm> arms = options.leaveOneOut().epochs() == 0 ? List.of() : options.arms();
        List<Trial> trials = new ArrayList<>();
        for (long seed : options.seeds()) {
            for (Floor floor : floors) {
                var areas = Trial.areas(TestScores.of(floor.predictor, tests(seed)), tail);
                trials.add(new Trial(floor.name, seed, areas, floor.ranking, Optional.empty(), floor.seconds));
            }
            for (Arm arm : arms) {
                trials.add(network(arm, seed));
            }
            soFar.accept(List.copyOf(trials));
        }
        return trials;
    }

    private List<Floor> floors() {
        LeaveOneOutOptions asked = options.leaveOneOut();
        List<Floor> floors = new ArrayList<>();
        if (asked.popularity()) {
            floors.add(floor("popularity", new Popularity(split), 0));
        }
        for (double ridge : asked.ridges()) {
            String name = "ease, ridge %s".formatted(ridge == Math.rint(ridge) ? Long.toString((long) ridge) : ridge);
            progress.say(name + ": inverting %,d items".formatted(split.items().size()));
            long start = System.nanoTime();
            var ease = new Ease(split, ridge);
            floors.add(floor(name, ease, seconds(start)));
        }
        return floors;
    }

    private Floor floor(String name, Predictor predictor, double fitting) {
        long start = System.nanoTime();
        Ranking ranking = rank(name, predictor);
        double seconds = fitting + seconds(start);
        progress.done(name, seconds);
        return new Floor(name, predictor, ranking, seconds);
    }

    private Trial network(Arm arm, long seed) throws IOException {
        long start = System.nanoTime();
        String name = arm + ", seed " + seed;
        LeaveOneOutOptions asked = options.leaveOneOut();
        var rules = new EpochTraining.Rules(asked.epochs(), asked.patience(), asked.freshNegatives());
        long rows = split.trainingRows() / 2;
        var training = new EpochTraining(
                split,
                lesson.asMuchAs(arm),
                rules,
                (epoch, samples, validation) -> progress.say("%s: epoch %d, %,d of %,d samples, validation %s"
                        .formatted(name, epoch, samples, rows, LeaveOneOutTable.areas(validation))));
        try (EpochTraining.Trained trained = training.train(config(arm, seed), seed)) {
            var predictor = new NetworkPredictor(split, trained.learner());
            var areas = Trial.areas(TestScores.of(predictor, tests(seed)), tail);
            Ranking ranking = rank(name, predictor);
            progress.done(
                    "%s: validation %s".formatted(name, LeaveOneOutTable.areas(trained.validation())), seconds(start));
            var how = new Trial.Training(trained.validation(), trained.best(), trained.skipped(), trained.gate());
            return new Trial(arm.toString(), seed, areas, ranking, Optional.of(how), seconds(start));
        }
    }

    private Ranking rank(String name, Predictor predictor) {
        return Ranking.of(
                predictor,
                split,
                ranked,
                done -> progress.say("%s: %,d of %,d users ranked".formatted(name, done, ranked.length)));
    }

    private List<HeldOut> tests(long seed) {
        List<HeldOut> tests = new ArrayList<>();
        for (int user : split.tested()) {
            tests.add(HeldOut.of(split, user, split.user(user).test(), seed, "test"));
        }
        return tests;
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
