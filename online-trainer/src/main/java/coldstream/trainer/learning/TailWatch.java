package coldstream.trainer.learning;

import coldstream.domain.PopularityHistogram;
import coldstream.model.Catalogue;
import coldstream.trainer.learning.gate.Signals;
import java.util.HashMap;
import java.util.Map;

/**
 * Which counts are in the tail, for items whose sample was made elsewhere. The threshold is taken anew every 64 positives, so
 * that it only ever depends on the past.
 */
final class TailWatch {

    private static final int REFRESH = 64;

    private final double share;
    private PopularityHistogram histogram = new PopularityHistogram();
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

    /** Takes in everything counted. */
    void settle() {
        threshold = histogram.tailThreshold(share);
    }

    void count(long before) {
        histogram.increment(before);
        positives++;
    }

    /** Continues where a watch over the same catalogue stopped. */
    void restore(Catalogue catalogue, long savedThreshold, long savedPositives) {
        Map<Long, Long> cells = new HashMap<>();
        for (int number = 0; number < catalogue.size(); number++) {
            long count = catalogue.get(number).count();
            if (count > 0) {
                cells.merge(count, 1L, Long::sum);
            }
        }
        histogram = new PopularityHistogram(cells);
        threshold = savedThreshold;
        positives = savedPositives;
    }

    /** Whether an item taken so often is in the bottom share; a new item is not. */
    boolean tail(long count) {
        return count >= 1 && count <= threshold;
    }

    /** What an item taken so often is to a gate. */
    Signals.Kind kind(long count) {
        return count == 0 ? Signals.Kind.NEW : tail(count) ? Signals.Kind.TAIL : Signals.Kind.HEAD;
    }
}
