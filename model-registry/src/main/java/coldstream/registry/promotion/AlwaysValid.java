package coldstream.registry.promotion;

import static coldstream.domain.Check.check;

/**
 * Intervals that may be looked at as often as one likes: the chance that the end of <em>any</em> of them ever lies on the
 * wrong side of the truth is at most α, however many looks are taken and whenever one stops.
 *
 * <p>What is known of a difference after a look is its estimate and its standard error e, of which 1 / e² behaves as time
 * does: the estimate over e² moves like a Brownian motion at time V = 1 / e². The one-sided normal mixture is crossed by
 * such a motion with a chance of at most α (Robbins 1970; Howard, Ramdas, McAuliffe and Sekhon 2021, "Time-uniform,
 * nonparametric, nonasymptotic confidence sequences"; for estimated errors Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas
 * 2024, "Time-uniform central limit theory and asymptotic confidence sequences"). In standard errors it is
 *
 * <pre>
 * z(V) = √( 2 (1 + r / V) ln( 1 + √(1 + V / r) / (2 α) ) )
 * </pre>
 *
 * r is chosen so that the interval is narrowest where an arm that equals its baseline is first told from one at the threshold.
 *
 * <p>α is spent: equally on the comparisons that may each raise the alarm, and where the measured window moves on, 1 / ((b +
 * 1)(b + 2)) of it on the b-th beginning, which sums to 1. From one beginning on a window only grows, which is what the
 * mixture asks for.
 *
 * @param error α, in (0, 0.5)
 */
record AlwaysValid(double error) implements Intervals {

    /** Stands for a threshold of 0, for which no sample size would be the right one. */
    private static final double LEAST = 0.005;

    AlwaysValid {
        check(error > 0 && error < 0.5, "the chance of a false alarm must be in (0, 0.5), got %s", error);
    }

    @Override
    public double deviations(double standardError, double threshold, int tests, int begins) {
        double alpha = error / tests / ((begins + 1.0) * (begins + 2.0));
        double log = -2 * Math.log(2 * alpha);
        double best = log + Math.log1p(log); // V / r where the interval is narrowest
        double aimed = Math.max(threshold, LEAST) / mixture(best, alpha);
        double ratio = aimed / standardError;
        return mixture(best * ratio * ratio, alpha);
    }

    /** @param time V / r */
    private static double mixture(double time, double alpha) {
        return Math.sqrt(2 * (1 + 1 / time) * Math.log1p(Math.sqrt(1 + time) / (2 * alpha)));
    }
}
