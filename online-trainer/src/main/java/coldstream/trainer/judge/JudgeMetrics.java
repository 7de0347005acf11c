package coldstream.trainer.judge;

import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** What judging costs and how it ends: steps taken = judged + learnt + shed + failed. Thread-safe. */
public final class JudgeMetrics implements AutoCloseable {

    /** How the judging of a step ended. */
    enum Outcome {
        JUDGED,
        /** Every version had learnt from the step already. */
        LEARNT,
        /** The judge was busy. */
        SHED,
        FAILED
    }

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final Map<Outcome, Counter> steps = new EnumMap<>(Outcome.class);
    private final Timer time;
    private volatile int seated;
    private volatile double live = Double.NaN;

    public JudgeMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            steps.put(
                    outcome,
                    kept(Counter.builder("coldstream.judge.steps")
                            .description("Steps taken to measure frozen versions on, by how that ended")
                            .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                            .register(registry)));
        }
        time = kept(Timer.builder("coldstream.judge.time")
                .description("Measuring frozen versions, beside training; compare with coldstream_train_step_seconds")
                .register(registry));
        kept(Gauge.builder("coldstream.judge.versions", () -> seated)
                .description("Frozen versions held in memory")
                .register(registry));
        kept(Gauge.builder("coldstream.judge.live.difference", () -> live)
                .description("Prequential AUC of the live weights less that of the champion, same events")
                .register(registry));
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(steps.get(outcome)).increment();
    }

    void took(long nanos) {
        time.record(nanos, TimeUnit.NANOSECONDS);
    }

    void seated(int versions) {
        seated = versions;
    }

    void found(List<Evidence> news) {
        for (Evidence evidence : news) {
            PairedMetrics overall = evidence.strata().get("overall");
            if (evidence.arm().equals(Evidence.LIVE) && overall != null) {
                live = overall.difference();
            }
        }
    }

    private <M extends Meter> M kept(M meter) {
        meters.add(meter);
        return meter;
    }

    /** Takes the meters out of the registry. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
    }
}
