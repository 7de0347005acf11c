package coldstream.app.evaluate.offline;

import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.model.Draws;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.SettledLearner;
import coldstream.trainer.learning.StepResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Trains a network on the training rows, epoch by epoch in an order the seed shuffles, until the validation's area has not
 * grown for some epochs; then goes back to the best. The test is not looked at.
 *
 * <p>What may be known of users and items is everything in training; each row's history is strictly earlier. The teacher's
 * answers arrive in even shares during the first epoch.
 */
final class EpochTraining {

    private static final int BATCH = 128;

    private final LeaveOneOut split;
    private final Lesson lesson;
    private final Rules rules;
    private final Progress progress;

    /**
     * When to stop, and on what.
     *
     * @param epochs at most
     * @param patience epochs without a better validation after which to stop
     * @param freshNegatives whether every epoch draws its negatives anew; else they are drawn once, as in the paper's rows
     */
    record Rules(int epochs, int patience, boolean freshNegatives) {}

    /** Told after every step of an epoch, from 1, how far it is. */
    interface Progress {
        void at(int epoch, int samples, List<Double> validation);
    }

    /**
     * A trained network.
     *
     * @param validation area after each epoch
     * @param best epoch whose network this is, from 1
     * @param skipped steps of which nothing was learnt
     * @param gate where the guidance stood at the best epoch's end
     */
    record Trained(SettledLearner learner, List<Double> validation, int best, int skipped, GateReport gate)
            implements AutoCloseable {

        @Override
        public void close() {
            learner.close();
        }
    }

    EpochTraining(LeaveOneOut split, Lesson lesson, Rules rules, Progress progress) {
        this.split = split;
        this.lesson = lesson;
        this.rules = rules;
        this.progress = progress;
    }

    /** @param seed of the order and of what validation compares with; the config has its own for the rest */
    Trained train(LearnerConfig config, long seed) throws IOException {
        List<HeldOut> held = new ArrayList<>();
        for (int user : split.tested()) {
            held.add(HeldOut.of(split, user, split.user(user).validation(), seed, "validation"));
        }
        TestStratum.Tail tail = TestStratum.Tail.of(split);
        List<Double> validation = new ArrayList<>();
        int best = 0;
        int skipped = 0;
        try (var saved = new TemporaryFolder("leave-one-out")) {
            try (var learner = new SettledLearner(config)) {
                List<Sample> rows = introduce(learner);
                for (int epoch = 1; epoch <= rules.epochs && epoch - best <= rules.patience; epoch++) {
                    skipped += epoch(learner, rows, epoch, seed, validation);
                    var scores = TestScores.of(new NetworkPredictor(split, learner), held);
                    validation.add(scores.area(TestStratum.OVERALL, tail).value());
                    if (best == 0 || validation.get(epoch - 1) > validation.get(best - 1)) {
                        best = epoch;
                        learner.save(saved.fresh());
                    }
                }
            }
            Path folder = saved.latest();
            SettledLearner learner = SettledLearner.restore(folder, config);
            return new Trained(learner, List.copyOf(validation), best, skipped, learner.gate());
        }
    }

    private List<Sample> introduce(SettledLearner learner) {
        lesson.items().forEach(learner::item);
        lesson.vectors().forEach(learner::vector);
        List<Sample> rows = new ArrayList<>();
        for (int user = 0; user < split.users().size(); user++) {
            for (int place = 0; place < split.user(user).training(); place++) {
                Sample sample = split.sample(user, place);
                learner.know(sample);
                if (place > 0) {
                    rows.add(sample);
                }
            }
        }
        return rows;
    }

    /** Answers how many steps were skipped. */
    private int epoch(SettledLearner learner, List<Sample> rows, int epoch, long seed, List<Double> validation) {
        List<Sample> order = new ArrayList<>(rows);
        shuffle(order, Draws.of(seed, "epoch", Integer.toString(epoch)));
        List<SoftScores> answers = epoch == 1 ? new ArrayList<>(lesson.answers()) : List.of();
        shuffle(answers, Draws.of(seed, "answers"));
        int skipped = 0;
        for (int from = 0; from < order.size(); from += BATCH) {
            int to = Math.min(order.size(), from + BATCH);
            List<Sample> batch = order.subList(from, to);
            StepResult result = learner.step(rules.freshNegatives ? renamed(batch, epoch) : batch);
            skipped += result.skipped().isPresent() ? 1 : 0;
            share(answers, from, order.size()).forEach(learner::scores);
            progress.at(epoch, to, validation);
        }
        return skipped;
    }

    private static <T> List<T> share(List<T> all, int from, int of) {
        long first = (long) from * all.size() / of;
        long next = Math.min(of, (long) from + BATCH) * all.size() / of;
        return all.subList((int) first, (int) next);
    }

    /** Negatives are drawn by the sample's name. */
    private static List<Sample> renamed(List<Sample> batch, int epoch) {
        return batch.stream()
                .map(sample -> new Sample(
                        sample.sampleId() + "#" + epoch,
                        sample.user(),
                        sample.item(),
                        sample.label(),
                        sample.strength(),
                        sample.weight(),
                        sample.history(),
                        sample.userCount(),
                        sample.userNegatives(),
                        sample.itemCount(),
                        sample.cold(),
                        sample.tail(),
                        sample.eventTime(),
                        sample.ingestTime()))
                .toList();
    }

    private static <T> void shuffle(List<T> list, Draws draws) {
        for (int k = list.size() - 1; k > 0; k--) {
            Collections.swap(list, k, draws.below(k + 1));
        }
    }
}
