package coldstream.trainer.watch;

/** The last few scores of a kind, to rank another among. */
final class RecentScores {

    private static final int KEPT = 64;

    private final double[] scores = new double[KEPT];
    private int count;
    private int next;

    void add(double score) {
        scores[next] = score;
        next = (next + 1) % KEPT;
        count = Math.min(KEPT, count + 1);
    }

    /** Share of them that is below, ties half; NaN before there are any. */
    double below(double score) {
        double below = 0;
        for (int k = 0; k < count; k++) {
            below += scores[k] < score ? 1 : scores[k] == score ? 0.5 : 0;
        }
        return below / count;
    }
}
