package coldstream.app.dataset;

import coldstream.domain.Interaction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * When a drift really came: the truth that detectors are judged by and no learner sees.
 *
 * @param drift what was asked for
 * @param firstEvent number of the first event it touches, from 1 in the order of arrival
 * @param lastEvent number of the last event while it comes about or lasts
 * @param from time of the first
 * @param until time of the last
 */
public record Change(Drift drift, int firstEvent, int lastEvent, Instant from, Instant until) {

    /** The changes of a shop, in the order they were asked for. */
    public static List<Change> of(SimulatedShop shop) {
        int events = (int) shop.summary().events();
        List<Instant> times = new ArrayList<>(events);
        try (Stream<Interaction> all = shop.happening()) {
            for (Iterator<Interaction> each = all.iterator(); each.hasNext(); ) {
                times.add(each.next().timestamp());
            }
        }
        return shop.drifts().stream()
                .map(drift -> {
                    int first = drift.firstEvent(events);
                    int last = drift.lastEvent(events);
                    return new Change(drift, first, last, times.get(first - 1), times.get(last - 1));
                })
                .toList();
    }
}
