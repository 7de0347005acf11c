package coldstream.trainer.learning;

import coldstream.domain.PopularityHistogram;

/**
 * Which counts are in the tail, for items whose sample was made elsewhere. The threshold is taken anew every 64 positives, so
 * that it only ever depends on the past.
 */
final class TailWatch {

    private static final int REFRESH = 64;

    private final double share;
    private final PopularityHistogram histogram = new PopularityHistogram();
    long threshold;
    long positives;

    TailWatch(double share) {
        this.share = share;
    }

    /** To be called before the positives of the moment are counted. */
    void refresh() {
        if (positives % REFRESH == 0) {
            threshold = histogram.tailThreshold(share);
        }
    }

    void count(long before) {
        histogram.increment(before);
        positives++;
    }

    /** Takes in an item that was counted before a restart. */
    void restore(long count) {
        for (long before = 0; before < count; before++) {
            histogram.increment(before);
        }
    }

    /** Whether an item taken so often is in the bottom share; a new item is not. */
    boolean tail(long count) {
        return count >= 1 && count <= threshold;
    }

    /** Whether an item taken so often is in the bottom share or new. */
    boolean tailOrNew(long count) {
        return count <= threshold;
    }
}
