package coldstream.app.evaluate.offline;

import coldstream.domain.PopularityHistogram;
import java.util.Locale;

/** Which test rows are compared with which. A row is a user's last item, or the one drawn against it. */
enum TestStratum {
    /** Every test. */
    OVERALL,
    /** Users with fewer than three earlier interactions. In data whose users all have five there is none: the paper's "cold". */
    COLD,
    /** Users with three or four earlier interactions. */
    HISTORY_3_4,
    /** Users with five to nine. */
    HISTORY_5_9,
    /** Users with ten and more. */
    HISTORY_10,
    /** Items in the bottom fifth of training popularity against every drawn item. */
    TAIL,
    /** The same against drawn items that are in the bottom fifth too. */
    ROW_TAIL,
    /** Items nobody took in training against every drawn item. */
    UNTRAINED;

    private static final double TAIL_SHARE = 0.2;

    /** What is in the tail of a split: items taken in training, but at most {@code threshold} times. */
    record Tail(LeaveOneOut split, long threshold) {

        static Tail of(LeaveOneOut split) {
            var popularity = new PopularityHistogram();
            for (long count : split.counts()) {
                for (long before = 0; before < count; before++) {
                    popularity.increment(before);
                }
            }
            return new Tail(split, popularity.tailThreshold(TAIL_SHARE));
        }

        boolean holds(int item) {
            long count = split.count(item);
            return count >= 1 && count <= threshold;
        }
    }

    /** The name in reports. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the row of the item taken belongs here. */
    boolean own(Tail tail, HeldOut test) {
        return switch (this) {
            case TAIL, ROW_TAIL -> tail.holds(test.item());
            case UNTRAINED -> tail.split.count(test.item()) == 0;
            default -> history(test.place());
        };
    }

    /** Whether the row of the drawn item belongs here. */
    boolean other(Tail tail, HeldOut test) {
        return switch (this) {
            case ROW_TAIL -> tail.holds(test.other());
            default -> history(test.place());
        };
    }

    private boolean history(int earlier) {
        return switch (this) {
            case OVERALL, TAIL, ROW_TAIL, UNTRAINED -> true;
            case COLD -> earlier < 3;
            case HISTORY_3_4 -> earlier == 3 || earlier == 4;
            case HISTORY_5_9 -> earlier >= 5 && earlier <= 9;
            case HISTORY_10 -> earlier >= 10;
        };
    }
}
