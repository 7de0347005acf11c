package coldstream.evaluation.drift;

import static coldstream.domain.Check.check;

import org.apache.commons.numbers.gamma.RegularizedGamma;

/**
 * The population stability index of counts against a reference's: PSI = Σ (a − e) ln(a / e) over bins, a and e their shares,
 * 10⁻⁴ added to each. By common use .1 is a change to look at and .25 a large one.
 *
 * @param value PSI, at least 0
 * @param excess PSI less what two samples of one distribution of these sizes have on average, (B − 1)(1/n + 1/m)
 * @param chance about the chance of such a PSI or a larger one where nothing changed: PSI · n m / (n + m) is then about χ²
 *     distributed with B − 1 degrees of freedom
 */
public record StabilityIndex(double value, double excess, double chance) {

    private static final double ADDED = 1e-4;

    /**
     * Compares counts.
     *
     * @param reference (B), B at least 2
     * @param now (B)
     * @param effective n_eff / n: share of the values that say something new where neighbours resemble each other, in (0, 1]
     */
    public static StabilityIndex of(long[] reference, long[] now, double effective) {
        check(reference.length >= 2, "bins must be at least 2, got %d", reference.length);
        check(
                now.length == reference.length,
                "bins must be %d as in the reference, got %d",
                reference.length,
                now.length);
        check(effective > 0 && effective <= 1, "the effective share must be above 0 and at most 1, got %s", effective);
        double n = sum(reference);
        double m = sum(now);
        check(n > 0 && m > 0, "both sides must have values, got %s and %s", n, m);
        return of(shares(reference, n), n * effective, shares(now, m), m * effective);
    }

    private static double[] shares(long[] counts, double sum) {
        double[] shares = new double[counts.length];
        for (int bin = 0; bin < counts.length; bin++) {
            shares[bin] = counts[bin] / sum;
        }
        return shares;
    }

    /**
     * Compares shares.
     *
     * @param reference (B), B at least 2; they add up to 1
     * @param n independent values behind the reference
     * @param now (B)
     * @param m independent values behind {@code now}
     */
    public static StabilityIndex of(double[] reference, double n, double[] now, double m) {
        check(reference.length >= 2, "bins must be at least 2, got %d", reference.length);
        check(
                now.length == reference.length,
                "bins must be %d as in the reference, got %d",
                reference.length,
                now.length);
        check(n > 0 && m > 0, "both sides must have values, got %s and %s", n, m);
        double value = 0;
        for (int bin = 0; bin < now.length; bin++) {
            double expected = reference[bin] + ADDED;
            double actual = now[bin] + ADDED;
            value += (actual - expected) * StrictMath.log(actual / expected);
        }
        double freedom = now.length - 1;
        double usual = freedom * (1 / n + 1 / m);
        double chance = RegularizedGamma.Q.value(freedom / 2, value * n * m / (n + m) / 2);
        return new StabilityIndex(value, value - usual, chance);
    }

    /**
     * The {@link #excess} that two samples of one distribution exceed about as often as a normal value exceeds {@code z}.
     *
     * @see <a href="https://doi.org/10.1073/pnas.17.12.684">Wilson and Hilferty, The Distribution of Chi-Square, 1931</a>
     */
    public static double critical(double z, int bins, double n, double m) {
        double freedom = bins - 1.0;
        double root = 1 - 2 / (9 * freedom) + z * Math.sqrt(2 / (9 * freedom));
        return freedom * (1 / n + 1 / m) * (root * root * root - 1);
    }

    private static double sum(long[] counts) {
        double sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
