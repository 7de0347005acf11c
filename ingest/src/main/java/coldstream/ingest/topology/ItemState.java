package coldstream.ingest.topology;

import java.util.Arrays;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * What is known of an item: whether it was announced, how often it was taken, and when lately.
 *
 * <p>The latest times let a late event be counted as of its own time: those after it are subtracted. That is exact as long
 * as at most {@value #MAX_TIMES} positives of the item overtook the event.
 */
final class ItemState {

    static final int MAX_TIMES = 256;

    private boolean known;
    private long count;
    private long[] times; // ascending event times of the latest positives

    ItemState() {
        this(false, 0, new long[0]);
    }

    private ItemState(boolean known, long count, long[] times) {
        this.known = known;
        this.count = count;
        this.times = times;
    }

    boolean known() {
        return known;
    }

    void announce() {
        known = true;
    }

    /** Positives so far. */
    long count() {
        return count;
    }

    /** Positives up to and including {@code time}: of two at the same time the one that arrives first comes first. */
    long countAt(long time) {
        return count - (times.length - atMost(time));
    }

    void take(long time) {
        int place = atMost(time);
        long[] longer = new long[times.length + 1];
        System.arraycopy(times, 0, longer, 0, place);
        longer[place] = time;
        System.arraycopy(times, place, longer, place + 1, times.length - place);
        times = longer.length > MAX_TIMES ? Arrays.copyOfRange(longer, 1, longer.length) : longer;
        count++;
    }

    /** How many of the latest times are not after {@code time}. */
    private int atMost(long time) {
        int place = times.length;
        while (place > 0 && times[place - 1] > time) {
            place--;
        }
        return place;
    }

    static Serde<ItemState> serde() {
        return Serdes.serdeFrom(
                (topic, state) -> state == null ? null : state.write(),
                (topic, bytes) -> bytes == null ? null : read(bytes));
    }

    private byte[] write() {
        StateWriter out = new StateWriter(1).flag(known).number(count).number(times.length);
        long last = 0;
        for (long time : times) {
            out.number(time - last);
            last = time;
        }
        return out.toBytes();
    }

    private static ItemState read(byte[] bytes) {
        StateReader in = new StateReader(bytes, 1);
        boolean known = in.flag();
        long count = in.number();
        long[] times = new long[in.small()];
        long last = 0;
        for (int i = 0; i < times.length; i++) {
            last += in.number();
            times[i] = last;
        }
        return new ItemState(known, count, times);
    }
}
