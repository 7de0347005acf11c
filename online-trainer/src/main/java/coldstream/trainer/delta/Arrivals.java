package coldstream.trainer.delta;

import coldstream.wire.EpochMarker.Arrival;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * When events came, by quarters of a second; by longer spans where that would be more than {@value #MOST}. Not thread-safe.
 */
public final class Arrivals {

    static final int MOST = 256;

    private TreeMap<Long, Long> counts = new TreeMap<>();
    private long span = 250;

    public void add(Instant time) {
        add(time.toEpochMilli(), 1);
    }

    /** Takes others in. */
    public void addAll(List<Arrival> others) {
        others.forEach(other -> add(other.millis(), other.events()));
    }

    private void add(long millis, long events) {
        counts.merge(Math.floorDiv(millis, span) * span, events, Long::sum);
        while (counts.size() > MOST) {
            span *= 2;
            TreeMap<Long, Long> finer = counts;
            counts = new TreeMap<>();
            finer.forEach((begin, count) -> counts.merge(Math.floorDiv(begin, span) * span, count, Long::sum));
        }
    }

    /** What came, oldest first; nothing has come from then on. */
    public List<Arrival> take() {
        List<Arrival> taken = counts.entrySet().stream()
                .map(span -> new Arrival(span.getKey(), span.getValue()))
                .toList();
        counts = new TreeMap<>();
        span = 250;
        return taken;
    }
}
