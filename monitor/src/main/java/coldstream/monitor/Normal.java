package coldstream.monitor;

/** The standard normal distribution, well enough for thresholds. */
final class Normal {

    private Normal() {}

    /**
     * The chance of more than z, within 10⁻⁷ of it relative to 1 and of the right size far out.
     *
     * @see <a href="https://doi.org/10.1155/2008/490765">the rational approximation 26.2.17 of Abramowitz and Stegun; beyond 5 the
     *     first terms of Mills's ratio</a>
     */
    static double above(double z) {
        if (z < 0) {
            return 1 - above(-z);
        }
        double density = StrictMath.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        if (z > 5) {
            double square = z * z;
            return density / z * (1 - 1 / square + 3 / (square * square));
        }
        double t = 1 / (1 + 0.2316419 * z);
        return density
                * t
                * (0.319381530 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    }

    /** The z that is exceeded with this chance, below one half; infinite for no chance. Newton's steps from 26.2.23's start. */
    static double quantile(double chance) {
        if (chance <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double half = Math.min(0.5, chance);
        double t = Math.sqrt(-2 * StrictMath.log(half));
        return t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308)));
    }
}
