package coldstream.evaluation.paired;

import static coldstream.domain.Check.check;

import coldstream.domain.PairedMetrics;
import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import coldstream.evaluation.Stratum;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * The newest rows that two sets of weights predicted, kept one by one in bounded memory: 14 bytes a row. When it is full the
 * oldest eighth goes, with its place in the stream. Not thread-safe.
 *
 * <p>Users are told apart by a hash of 32 bits: among 50,000 of them some pair shares one with a chance of about a quarter,
 * and counts as one user, which makes an interval wider.
 */
public final class PairedWindow {

    private static final int SEGMENTS = 8;

    private final int segmentRows;
    private final Deque<Segment> segments = new ArrayDeque<>();

    /** @param rows kept at most, at least {@value #SEGMENTS} */
    public PairedWindow(int rows) {
        check(rows >= SEGMENTS, "a window must hold at least %d rows, got %d", SEGMENTS, rows);
        segmentRows = rows / SEGMENTS;
    }

    /**
     * Takes in what was predicted for the events of a step.
     *
     * @param fromOffsets next offset to read before the step, by {@code topic-partition}
     * @param toOffsets the same behind it
     * @param events those with {@link ScoredEvent#scored()} false are ignored
     * @param arm the arm's logits of each event: its own item's, then its negatives' in their order
     * @param baseline the same of the baseline
     * @throws IllegalArgumentException if a logit is not finite; nothing of the step is taken in then
     */
    public void add(
            Map<String, Long> fromOffsets,
            Map<String, Long> toOffsets,
            Instant now,
            List<ScoredEvent> events,
            List<float[]> arm,
            List<float[]> baseline) {
        int rows = 0;
        for (int k = 0; k < events.size(); k++) {
            rows += events.get(k).negatives().size() + 1;
            requireFinite(arm.get(k));
            requireFinite(baseline.get(k));
        }
        check(rows <= segmentRows, "a step must have at most %d rows, got %d", segmentRows, rows);
        if (segments.isEmpty() || !segments.getLast().hasRoomFor(rows)) {
            segments.addLast(new Segment(segmentRows, Map.copyOf(fromOffsets), now));
            if (segments.size() > SEGMENTS) {
                segments.removeFirst();
            }
        }
        Segment segment = segments.getLast();
        for (int k = 0; k < events.size(); k++) {
            if (events.get(k).scored()) {
                add(segment, events.get(k), arm.get(k), baseline.get(k));
            }
        }
        segment.toOffsets = Map.copyOf(toOffsets);
        segment.to = now;
        segment.steps++;
    }

    private static void add(Segment segment, ScoredEvent event, float[] arm, float[] baseline) {
        int user = event.sample().user().value().hashCode();
        int own = bits(stratum -> stratum.holds(event));
        segment.add(user, own, true, event.sample().label() == 1, arm[0], baseline[0]);
        for (int k = 0; k < event.negatives().size(); k++) {
            Negative negative = event.negatives().get(k);
            int bits = bits(stratum -> stratum.holds(event, negative));
            segment.add(user, bits, false, false, arm[k + 1], baseline[k + 1]);
        }
    }

    /** A bit for each stratum, in the order of declaration. */
    static int bits(Predicate<Stratum> strata) {
        int bits = 0;
        int bit = 1;
        for (Stratum stratum : Stratum.values()) {
            bits |= strata.test(stratum) ? bit : 0;
            bit <<= 1;
        }
        return bits;
    }

    private static void requireFinite(float[] logits) {
        for (float logit : logits) {
            check(Float.isFinite(logit), "a logit must be finite, got %s", logit);
        }
    }

    /** Whether nothing was taken in. */
    public boolean isEmpty() {
        return segments.isEmpty();
    }

    /** Rows held. */
    public long rows() {
        return segments.stream().mapToLong(segment -> segment.size).sum();
    }

    /** Steps whose rows are held. */
    public long steps() {
        return segments.stream().mapToLong(segment -> segment.steps).sum();
    }

    /** Where the oldest row held is in the stream. */
    public Map<String, Long> fromOffsets() {
        return segments.getFirst().fromOffsets;
    }

    /** Behind the newest row. */
    public Map<String, Long> toOffsets() {
        return segments.getLast().toOffsets;
    }

    /** When the oldest row held was predicted. */
    public Instant from() {
        return segments.getFirst().from;
    }

    /** When the newest was. */
    public Instant to() {
        return segments.getLast().to;
    }

    /** What was found, by {@link Stratum#key()}; strata without a row are left out. */
    public Map<String, PairedMetrics> metrics() {
        Map<String, PairedMetrics> found = new LinkedHashMap<>();
        for (Stratum stratum : Stratum.values()) {
            var rows = new PairedRows();
            segments.forEach(segment -> segment.into(rows, stratum));
            if (rows.size() > 0) {
                found.put(stratum.key(), rows.metrics());
            }
        }
        return found;
    }
}
