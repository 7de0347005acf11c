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

    /** Floors first; then every seed's networks in the order of the arms. */
    List<Trial> run() throws IOException {
        List<Trial> trials = new ArrayList<>(floors());
        List<Arm> arms = options.leaveOneOut().epochs() == 0 ? List.of() : options.arms();
        for (long seed : options.seeds()) {
            for (Arm arm : arms) {
                trials.add(network(arm, seed));
            }
        }
        return trials;
    }

    private List<Trial> floors() {
        LeaveOneOutOptions asked = options.leaveOneOut();
        List<Trial> trials = new ArrayList<>();
        if (asked.popularity()) {
            trials.addAll(floor("popularity", new Popularity(split), 0));
        }
        for (double ridge : asked.ridges()) {
            String name = "ease, ridge %s".formatted(ridge == Math.rint(ridge) ? Long.toString((long) ridge) : ridge);
            progress.say(name + ": inverting %,d items".formatted(split.items().size()));
            long start = System.nanoTime();
            var ease = new Ease(split, ridge);
            trials.addAll(floor(name, ease, seconds(start)));
        }
        return trials;
    }

    /** What learns nothing from the seed is ranked once. */
    private List<Trial> floor(String name, Predictor predictor, double fitting) {
        long start = System.nanoTime();
        Ranking ranking = rank(name, predictor);
        List<Trial> trials = new ArrayList<>();
        for (long seed : options.seeds()) {
            var areas = Trial.areas(TestScores.of(predictor, tests(seed)), tail);
            trials.add(new Trial(name, seed, areas, ranking, Optional.empty(), fitting + seconds(start)));
        }
        progress.done(name, fitting + seconds(start));
        return trials;
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
