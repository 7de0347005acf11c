package coldstream.evaluation;

/**
 * How much one arm's area exceeds a baseline's in a stratum.
 *
 * @param low lower end of the 95 % interval
 * @param high upper end
 */
public record PairedDifference(double difference, double low, double high) {

    /** Whether the arm is worse beyond the interval. */
    public boolean worse() {
        return high < 0;
    }

    /** Whether the arm is better beyond the interval. */
    public boolean better() {
        return low > 0;
    }
}
