package coldstream.evaluation.paired;

import coldstream.domain.PairedMetrics;
import java.util.Arrays;

/** Rows of one stratum that two sets of weights predicted, as growing columns. */
final class PairedRows {

    private static final int FIRST_CAPACITY = 256;

    private int[] users = new int[FIRST_CAPACITY];
    private boolean[] positive = new boolean[FIRST_CAPACITY];
    private float[] arm = new float[FIRST_CAPACITY];
    private float[] baseline = new float[FIRST_CAPACITY];
    private int size;
    private int events;
    private int positives;

    /**
     * @param user any number that stands for the user
     * @param own whether it is an event's own row
     */
    void add(int user, boolean own, boolean isPositive, float armLogit, float baselineLogit) {
        if (size == users.length) {
            users = Arrays.copyOf(users, 2 * size);
            positive = Arrays.copyOf(positive, 2 * size);
            arm = Arrays.copyOf(arm, 2 * size);
            baseline = Arrays.copyOf(baseline, 2 * size);
        }
        users[size] = user;
        positive[size] = isPositive;
        arm[size] = armLogit;
        baseline[size] = baselineLogit;
        size++;
        events += own ? 1 : 0;
        positives += isPositive ? 1 : 0;
    }

    int size() {
        return size;
    }

    PairedMetrics metrics() {
        int[] clusters = clusters();
        int users = Arrays.stream(clusters).max().orElse(-1) + 1;
        boolean[] classes = Arrays.copyOf(positive, size);
        float[] armLogits = Arrays.copyOf(arm, size);
        float[] baselineLogits = Arrays.copyOf(baseline, size);
        var armArea = new Placements(armLogits, classes, clusters, users);
        var baselineArea = new Placements(baselineLogits, classes, clusters, users);
        double[] armLosses = losses(armLogits);
        double[] baselineLosses = losses(baselineLogits);
        return new PairedMetrics(
                events,
                positives,
                size,
                users,
                armArea.area,
                baselineArea.area,
                Blocks.error(Blocks.minus(armArea.influence, baselineArea.influence)),
                mean(armLosses),
                mean(baselineLosses),
                Blocks.error(Blocks.ofMean(Blocks.minus(armLosses, baselineLosses), clusters, users)),
                calibration(armLogits),
                calibration(baselineLogits));
    }

    /** The users' numbers made 0, 1, 2 and so on. */
    private int[] clusters() {
        int[] known = Arrays.stream(users, 0, size).sorted().distinct().toArray();
        return Arrays.stream(users, 0, size)
                .map(user -> Arrays.binarySearch(known, user))
                .toArray();
    }

    private double[] losses(float[] logits) {
        double[] losses = new double[size];
        for (int row = 0; row < size; row++) {
            double z = positive[row] ? -logits[row] : logits[row];
            losses[row] = Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
        }
        return losses;
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    private double calibration(float[] logits) {
        double expected = 0;
        for (float logit : logits) {
            expected += 1 / (1 + Math.exp(-logit));
        }
        return positives == 0 ? Double.NaN : expected / positives;
    }
}
