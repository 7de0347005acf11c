package coldstream.monitor.action;

import coldstream.domain.DriftAlert;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Open alerts whose action cools down: they are acted on, together, when that is over. One thread at a time. */
final class Waiting {

    private final Map<Slot, Map<String, DriftAlert>> alerts = new HashMap<>();

    /** @return whether it is the first that waits for this */
    boolean add(Slot slot, DriftAlert alert) {
        Map<String, DriftAlert> waiting = alerts.computeIfAbsent(slot, none -> new LinkedHashMap<>());
        waiting.put(alert.alertId(), alert);
        return waiting.size() == 1;
    }

    /** Those that wait for this, the first first; they wait no more. */
    List<DriftAlert> take(Slot slot) {
        Map<String, DriftAlert> waiting = alerts.remove(slot);
        return waiting == null ? List.of() : List.copyOf(waiting.values());
    }

    /** One was closed. */
    void closed(String alertId) {
        alerts.values().forEach(waiting -> waiting.remove(alertId));
    }
}
