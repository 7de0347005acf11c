package coldstream.evaluation.drift;

/**
 * How many values in a row say the same thing: τ = max over b = 1, 2, 4 … of b · Var(mean of b values in a row) / Var(value), 1
 * where values are independent. Tests of n values are made as if there were n / τ. Only lengths with at least 32
 * stretches count, 1024 at most.
 *
 * @see <a href="https://doi.org/10.1287/opre.31.6.1090">Schmeiser, Batch Size Effects in the Analysis of Simulation Output,
 *     1982</a>: batch means
 */
public final class Autocorrelation {

    private static final int LENGTHS = 11;
    private static final int LEAST = 32;

    /** Sum of the first half of the stretch that is being filled, by length. */
    private final double[] half = new double[LENGTHS];

    private final boolean[] halfFull = new boolean[LENGTHS];
    private final long[] count = new long[LENGTHS];
    private final double[] mean = new double[LENGTHS];
    private final double[] spread = new double[LENGTHS];

    /** Takes in a value: two stretches of one length make one of twice that, so a value is looked at twice on average. */
    public void add(double value) {
        double sum = value;
        for (int k = 0; k < LENGTHS; k++) {
            double stretch = sum / (1L << k);
            double before = stretch - mean[k];
            mean[k] += before / ++count[k];
            spread[k] += before * (stretch - mean[k]);
            halfFull[k] = !halfFull[k];
            if (halfFull[k]) {
                half[k] = sum;
                return;
            }
            sum += half[k];
        }
    }

    /** τ, at least 1; 1 as long as too little is known. */
    public double time() {
        double single = count[0] < 2 ? 0 : spread[0] / (count[0] - 1);
        double most = 1;
        for (int k = 1; k < LENGTHS && count[k] >= LEAST && single > 0; k++) {
            most = Math.max(most, (1L << k) * spread[k] / (count[k] - 1) / single);
        }
        return most;
    }
}
