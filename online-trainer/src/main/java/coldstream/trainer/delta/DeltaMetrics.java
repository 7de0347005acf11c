package coldstream.trainer.delta;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** What the trainer tells of its deltas: epochs taken = published + failed; alert when failed rises. */
final class DeltaMetrics implements AutoCloseable {

    private final MeterRegistry registry;
    private final Counter published;
    private final Counter failed;
    private final Counter records;
    private final Counter bytes;
    private final Timer publishing;
    private final AtomicLong epoch = new AtomicLong();
    private final Gauge newest;

    DeltaMetrics(MeterRegistry registry) {
        this.registry = registry;
        published = epochs("published");
        failed = epochs("failed");
        records = Counter.builder("coldstream.delta.records")
                .description("Rows and other parts of the model given away")
                .register(registry);
        bytes = Counter.builder("coldstream.delta.bytes")
                .description("Size of what was given away")
                .baseUnit("bytes")
                .register(registry);
        publishing = Timer.builder("coldstream.delta.publish")
                .description("Giving one epoch away")
                .publishPercentileHistogram()
                .register(registry);
        newest = Gauge.builder("coldstream.delta.epoch", epoch, AtomicLong::get)
                .description("Newest epoch given away: the steps of training in it")
                .register(registry);
    }

    private Counter epochs(String outcome) {
        return Counter.builder("coldstream.delta.epochs")
                .description("Epochs of deltas taken from the model")
                .tag("outcome", outcome)
                .register(registry);
    }

    void published(long step, Epoch.Size size, long nanos) {
        published.increment();
        records.increment(size.records());
        bytes.increment((double) size.bytes());
        publishing.record(nanos, TimeUnit.NANOSECONDS);
        epoch.set(step);
    }

    void failed() {
        failed.increment();
    }

    @Override
    public void close() {
        for (Meter meter : List.of(published, failed, records, bytes, publishing, newest)) {
            registry.remove(meter);
        }
    }
}
