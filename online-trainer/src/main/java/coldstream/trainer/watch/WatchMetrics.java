package coldstream.trainer.watch;

import coldstream.monitor.Detector;
import coldstream.monitor.Reading;
import coldstream.monitor.Signal;
import coldstream.monitor.Signal.Layer;
import coldstream.monitor.WatchedSignal;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToDoubleFunction;

/** What the watch tells Prometheus: every signal and detector, and what watching costs. Thread-safe. */
final class WatchMetrics implements AutoCloseable {

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final Map<Key, Reading> last = new ConcurrentHashMap<>();
    private final AtomicLong nanos = new AtomicLong();
    private final Counter failures;

    private record Key(Signal signal, Detector detector) {}

    WatchMetrics(MeterRegistry registry, List<WatchedSignal> plans) {
        this.registry = registry;
        for (WatchedSignal plan : plans) {
            for (Detector detector : plan.detectors()) {
                watched(plan.signal(), detector);
            }
        }
        for (Layer layer : Layer.values()) {
            meters.add(Gauge.builder("coldstream.drift.signals.alarmed", () -> alarmed(layer))
                    .description("Signals with an open alarm")
                    .tag("layer", layer.key())
                    .register(registry));
        }
        meters.add(FunctionCounter.builder("coldstream.drift.watch.seconds", nanos, spent -> spent.get() / 1e9)
                .description("Time the applying thread spent watching")
                .register(registry));
        failures = Counter.builder("coldstream.drift.watch.failures")
                .description("Steps that could not be watched; learning goes on; alert on any")
                .register(registry);
        meters.add(failures);
    }

    private void watched(Signal signal, Detector detector) {
        Key key = new Key(signal, detector);
        Tags tags = Tags.of(
                "layer", signal.layer().key(),
                "signal", signal.name(),
                "stratum", signal.stratum(),
                "detector", detector.key());
        gauge("coldstream.drift.statistic", "What a drift detector last computed", key, tags, Reading::statistic);
        gauge("coldstream.drift.threshold", "Above which it alarms", key, tags, Reading::threshold);
        gauge("coldstream.drift.value", "Mean of the signal's last window", key, tags, Reading::value);
    }

    private void gauge(String name, String description, Key key, Tags tags, ToDoubleFunction<Reading> reading) {
        meters.add(Gauge.builder(name, () -> {
                    Reading found = last.get(key);
                    return found == null ? Double.NaN : reading.applyAsDouble(found);
                })
                .description(description)
                .tags(tags)
                .register(registry));
    }

    private long alarmed(Layer layer) {
        return last.values().stream()
                .filter(reading -> reading.alarmed() && reading.signal().layer() == layer)
                .map(Reading::signal)
                .distinct()
                .count();
    }

    void tested(List<Reading> readings) {
        readings.forEach(reading -> last.put(new Key(reading.signal(), reading.detector()), reading));
    }

    void took(long spent) {
        nanos.addAndGet(spent);
    }

    void failed() {
        failures.increment();
    }

    /** Takes the meters out of the registry. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
