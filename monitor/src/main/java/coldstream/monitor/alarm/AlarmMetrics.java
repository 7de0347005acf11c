package coldstream.monitor.alarm;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Severity;
import coldstream.monitor.action.ActionKind;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/** What alarms tell Prometheus: opened = closed + open, for each layer. Tags are closed sets; what is none of them is {@code other}. */
final class AlarmMetrics implements AutoCloseable {

    private static final List<String> LAYERS =
            List.of("input", "prediction", "outcome", "guidance", "freshness", "other");

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final Map<String, Counter> opened = new HashMap<>();
    private final Map<String, Counter> closed = new HashMap<>();
    private final Map<String, AtomicInteger> open = new HashMap<>();
    private final Map<String, Counter> actions = new HashMap<>();
    private final AtomicInteger unpublished = new AtomicInteger();
    private final Counter dropped;

    AlarmMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (String layer : LAYERS) {
            closed.put(
                    layer,
                    kept(Counter.builder("coldstream.drift.alerts.closed")
                            .description("Drift alarms whose signal came back")
                            .tag("layer", layer)
                            .register(registry)));
            for (Severity severity : Severity.values()) {
                String key = layer + severity;
                opened.put(
                        key,
                        kept(Counter.builder("coldstream.drift.alerts")
                                .description("Drift alarms opened")
                                .tag("layer", layer)
                                .tag("severity", severity.toString())
                                .register(registry)));
                AtomicInteger count = new AtomicInteger();
                open.put(key, count);
                kept(Gauge.builder("coldstream.drift.alerts.open", count, AtomicInteger::get)
                        .description("Drift alarms open now")
                        .tag("layer", layer)
                        .tag("severity", severity.toString())
                        .register(registry));
            }
        }
        for (ActionKind kind : ActionKind.values()) {
            for (DriftAlert.Action.Outcome outcome : DriftAlert.Action.Outcome.values()) {
                actions.put(
                        kind + "" + outcome,
                        kept(Counter.builder("coldstream.drift.actions")
                                .description("What came of actions about drifts; alert on failed")
                                .tag("action", kind.toString())
                                .tag("outcome", outcome.toString().toLowerCase(Locale.ROOT))
                                .register(registry)));
            }
        }
        kept(Gauge.builder("coldstream.drift.alerts.unpublished", unpublished, AtomicInteger::get)
                .description("Drift alarms that Kafka has not acknowledged")
                .register(registry));
        dropped = kept(Counter.builder("coldstream.drift.alerts.dropped")
                .description("Drift alarms nobody was told of, for too many came at once")
                .register(registry));
    }

    private static String layer(DriftAlert alert) {
        return LAYERS.contains(alert.layer()) ? alert.layer() : "other";
    }

    void opened(DriftAlert alert) {
        Objects.requireNonNull(opened.get(layer(alert) + alert.severity())).increment();
    }

    void closed(DriftAlert alert) {
        Objects.requireNonNull(closed.get(layer(alert))).increment();
    }

    void acted(DriftAlert.Action action) {
        Counter counter = actions.get(action.name() + action.outcome());
        if (counter != null) {
            counter.increment();
        }
    }

    void dropped() {
        dropped.increment();
    }

    void standing(List<DriftAlert> nowOpen, int notPublished) {
        Map<String, Integer> counts = new HashMap<>();
        nowOpen.forEach(alert -> counts.merge(layer(alert) + alert.severity(), 1, Integer::sum));
        open.forEach((key, count) -> count.set(counts.getOrDefault(key, 0)));
        unpublished.set(notPublished);
    }

    private <M extends Meter> M kept(M meter) {
        meters.add(meter);
        return meter;
    }

    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
