package coldstream.evaluation.drift;

import java.util.Arrays;

/** The two-sample Kolmogorov-Smirnov test. */
public final class KolmogorovSmirnov {

    private KolmogorovSmirnov() {}

    /**
     * D = sup |F − G| of two samples' distribution functions.
     *
     * @param one sorted, (n), n at least 1
     * @param other sorted, (m), m at least 1
     */
    public static double statistic(double[] one, double[] other) {
        int i = 0;
        int j = 0;
        double most = 0;
        while (i < one.length && j < other.length) {
            double at = Math.min(one[i], other[j]);
            while (i < one.length && one[i] == at) {
                i++;
            }
            while (j < other.length && other[j] == at) {
                j++;
            }
            most = Math.max(most, Math.abs((double) i / one.length - (double) j / other.length));
        }
        return most;
    }

    /**
     * About the chance of a D at least as large where both samples are of one distribution: Kolmogorov's limit, with
     * Stephens's correction for few values. Too large where values repeat, so the test is on the safe side there.
     */
    public static double chance(double statistic, double n, double m) {
        double size = Math.sqrt(n * m / (n + m));
        double z = (size + 0.12 + 0.11 / size) * statistic;
        if (z < 0.2) {
            return 1;
        }
        double sum = 0;
        double sign = 2;
        for (int k = 1; k <= 100; k++) {
            double term = StrictMath.exp(-2.0 * k * k * z * z);
            sum += sign * term;
            if (term < 1e-16) {
                break;
            }
            sign = -sign;
        }
        return Math.min(1, Math.max(0, sum));
    }

    /** The D that two samples of one distribution exceed with this chance: √(−ln(chance / 2) / 2) · √((n + m) / (n m)). */
    public static double critical(double chance, double n, double m) {
        return Math.sqrt(-StrictMath.log(chance / 2) / 2) * Math.sqrt((n + m) / (n * m));
    }

    static double[] sorted(double[] values) {
        double[] copy = values.clone();
        Arrays.sort(copy);
        return copy;
    }
}
