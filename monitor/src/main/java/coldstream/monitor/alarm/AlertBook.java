package coldstream.monitor.alarm;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Action;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The alerts there are: one at most is open for a signal, and none is opened twice. Pure; one thread at a time. Memory: the open
 * ones, and the latest closed.
 */
final class AlertBook {

    /** Closed alerts that are known. */
    static final int CLOSED = 500;

    private final Map<String, DriftAlert> open = new LinkedHashMap<>();
    private final Map<String, DriftAlert> closed = new LinkedHashMap<>();

    /** Takes in what was told before, in the order opened. */
    void adopt(List<DriftAlert> alerts) {
        for (DriftAlert alert : alerts) {
            if (alert.open()) {
                open.put(alert.key(), alert);
            } else {
                remember(alert);
            }
        }
    }

    private void remember(DriftAlert alert) {
        closed.put(alert.alertId(), alert);
        if (closed.size() > CLOSED) {
            closed.remove(closed.keySet().iterator().next());
        }
    }

    /** Opens an alert, unless it was opened before or another one of its signal is open. */
    Optional<DriftAlert> open(DriftAlert found) {
        if (closed.containsKey(found.alertId())) {
            return Optional.empty();
        }
        DriftAlert other = open.putIfAbsent(found.key(), found);
        return other == null ? Optional.of(found) : Optional.empty();
    }

    /** Closes the open alert of a signal, if there is one. */
    Optional<DriftAlert> close(String key, String why, Instant now) {
        DriftAlert found = open.remove(key);
        if (found == null) {
            return Optional.empty();
        }
        DriftAlert done = found.closed(why, now);
        remember(done);
        return Optional.of(done);
    }

    /** Notes what came of an action, unless the alert is forgotten. */
    Optional<DriftAlert> note(String alertId, Action action, Instant now) {
        Optional<DriftAlert> noted = Stream.concat(open.values().stream(), closed.values().stream())
                .filter(alert -> alert.alertId().equals(alertId))
                .findFirst()
                .map(alert -> alert.with(action, now));
        noted.ifPresent(alert -> {
            if (alert.open()) {
                open.put(alert.key(), alert);
            } else {
                closed.put(alertId, alert);
            }
        });
        return noted;
    }

    /** Open ones, then closed ones, newest first. */
    List<DriftAlert> all() {
        Comparator<DriftAlert> newest =
                Comparator.comparing(DriftAlert::openedAt).reversed();
        List<DriftAlert> all =
                new ArrayList<>(open.values().stream().sorted(newest).toList());
        closed.values().stream().sorted(newest).forEach(all::add);
        return all;
    }

    List<DriftAlert> open() {
        return List.copyOf(open.values());
    }
}
