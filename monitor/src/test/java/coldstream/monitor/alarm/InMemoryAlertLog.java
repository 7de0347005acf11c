package coldstream.monitor.alarm;

import coldstream.domain.DriftAlert;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Alerts in memory; it can be away. Thread-safe. */
final class InMemoryAlertLog implements AlertLog {

    private final List<DriftAlert> told = new ArrayList<>();
    private boolean away;

    synchronized void away(boolean isAway) {
        away = isAway;
    }

    synchronized List<DriftAlert> told() {
        return List.copyOf(told);
    }

    @Override
    public synchronized List<DriftAlert> read() {
        requireThere();
        Map<String, DriftAlert> newest = new LinkedHashMap<>();
        told.forEach(alert -> newest.put(alert.alertId(), alert));
        return List.copyOf(newest.values());
    }

    @Override
    public synchronized void append(DriftAlert alert) {
        requireThere();
        told.add(alert);
    }

    private void requireThere() {
        if (away) {
            throw new IllegalStateException("away");
        }
    }

    @Override
    public void close() {}
}
