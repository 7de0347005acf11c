package coldstream.registry.promotion;

/** How wide an interval is that decides. */
@FunctionalInterface
interface Intervals {

    /**
     * Half the width, in standard errors.
     *
     * @param standardError of what is compared, more than 0
     * @param threshold it is held to, at least 0
     * @param tests how many comparisons may raise the same false alarm, at least 1
     * @param begins how often what was measured began anew before, at least 0
     */
    double deviations(double standardError, double threshold, int tests, int begins);
}
