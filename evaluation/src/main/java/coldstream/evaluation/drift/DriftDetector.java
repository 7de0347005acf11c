package coldstream.evaluation.drift;

/**
 * Says of each value of a stream whether what comes now differs from what came before. Its memory does not grow with the
 * stream, or with its logarithm at most. One thread at a time.
 */
public interface DriftDetector {

    /** What a value tells. */
    enum State {
        STEADY,
        /** Something may be about to change. */
        WARNING,
        /** It has changed. The detector begins anew with the next value. */
        DRIFT
    }

    /** Takes in a value. */
    State add(double value);

    /** What {@link #threshold} was last compared with. */
    double statistic();

    /** A {@link #statistic} above this is a drift. */
    double threshold();
}
