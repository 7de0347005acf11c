package coldstream.ingest.topology;

import coldstream.domain.PopularityHistogram;
import coldstream.domain.PopularityTail;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * The counts below which an item is in the tail, as they stood at each time.
 *
 * <p>A threshold is computed from every positive so far, after at least {@value #REFRESH_EVENTS} of them and once event
 * time has moved on. It serves events later than the newest positive in it by more than the lateness, so no threshold holds
 * anything from an event's own time or later, and while disorder stays within the lateness no later event decides when a
 * threshold is made either.
 */
final class TailThresholds {

    static final String CELLS = "popularity-cells";
    static final String THRESHOLDS = "tail-thresholds";
    static final int REFRESH_EVENTS = 64;

    /** Thresholds kept; an event older than all of them is in no tail. */
    static final int MAX_KEPT = 64;

    /** Thresholds are at least the lateness divided by this apart, so that those kept reach back four times the lateness. */
    private static final int PER_LATENESS = MAX_KEPT / 4;

    private static final String CLOCK = "clock";
    private static final String KEPT = "kept";

    /**
     * @param until newest event time in it
     * @param tail as of then
     */
    record Threshold(long until, PopularityTail tail) {

        static final Threshold NONE = new Threshold(Long.MIN_VALUE, PopularityTail.NONE);
    }

    private final KeyValueStore<Long, Long> cells;
    private final KeyValueStore<String, byte[]> store;
    private final long latenessMillis;
    private final double tailShare;
    private final double requestShare;
    private final PopularityHistogram histogram;
    private final ArrayDeque<Threshold> kept = new ArrayDeque<>(); // newest first
    private long newest = Long.MIN_VALUE;
    private long sinceRefresh;

    TailThresholds(
            KeyValueStore<Long, Long> cells,
            KeyValueStore<String, byte[]> store,
            Duration lateness,
            double tailShare,
            double requestShare) {
        this.cells = cells;
        this.store = store;
        this.latenessMillis = lateness.toMillis();
        this.tailShare = tailShare;
        this.requestShare = requestShare;
        this.histogram = new PopularityHistogram(cells(cells));
        byte[] clock = store.get(CLOCK);
        if (clock != null) {
            StateReader in = new StateReader(clock, 1);
            newest = in.number();
            sinceRefresh = in.number();
        }
        byte[] thresholds = store.get(KEPT);
        if (thresholds != null) {
            readKept(new StateReader(thresholds, 1));
        }
    }

    static StoreBuilder<KeyValueStore<Long, Long>> cellStore() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(CELLS), Serdes.Long(), Serdes.Long())
                .withCachingEnabled();
    }

    static StoreBuilder<KeyValueStore<String, byte[]>> thresholdStore() {
        return Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(THRESHOLDS), Serdes.String(), Serdes.ByteArray())
                .withCachingEnabled();
    }

    /** The threshold that serves an event of this time. */
    Threshold at(long time) {
        for (Threshold threshold : kept) {
            if (threshold.until() + latenessMillis < time) {
                return threshold;
            }
        }
        return Threshold.NONE;
    }

    /** Notes a positive at {@code time} of an item taken {@code before} times before. */
    void take(long before, long time) {
        if (sinceRefresh >= REFRESH_EVENTS && time > newest && farEnough()) {
            refresh();
        }
        histogram.increment(before);
        if (before > 0) {
            putCell(before, -1);
        }
        putCell(before + 1, 1);
        sinceRefresh++;
        newest = Math.max(newest, time);
        store.put(CLOCK, new StateWriter(1).number(newest).number(sinceRefresh).toBytes());
    }

    private boolean farEnough() {
        return kept.isEmpty() || newest - kept.getFirst().until() >= latenessMillis / PER_LATENESS;
    }

    private void refresh() {
        kept.addFirst(new Threshold(newest, PopularityTail.of(histogram, tailShare, requestShare)));
        if (kept.size() > MAX_KEPT) {
            kept.removeLast();
        }
        sinceRefresh = 0;
        store.put(KEPT, writeKept());
    }

    private void putCell(long count, long change) {
        Long items = cells.get(count);
        long changed = (items == null ? 0 : items) + change;
        cells.put(count, changed == 0 ? null : Long.valueOf(changed));
    }

    private static Map<Long, Long> cells(KeyValueStore<Long, Long> store) {
        Map<Long, Long> cells = new HashMap<>();
        try (var all = store.all()) {
            all.forEachRemaining(cell -> cells.put(cell.key, cell.value));
        }
        return cells;
    }

    private byte[] writeKept() {
        StateWriter out = new StateWriter(1).number(kept.size());
        for (Iterator<Threshold> oldestFirst = kept.descendingIterator(); oldestFirst.hasNext(); ) {
            Threshold threshold = oldestFirst.next();
            PopularityTail tail = threshold.tail();
            out.number(threshold.until()).number(tail.greatest()).number(tail.greatestAsked());
        }
        return out.toBytes();
    }

    private void readKept(StateReader in) {
        for (int left = in.small(); left > 0; left--) {
            kept.addFirst(new Threshold(in.number(), new PopularityTail(in.number(), in.number())));
        }
    }
}
