package coldstream.trainer;

import coldstream.domain.Sample;
import coldstream.evaluation.Stratum;
import coldstream.model.RowCounts;
import coldstream.trainer.in.Step;
import coldstream.trainer.learning.Haste;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.learning.gate.Signals;
import coldstream.trainer.out.SnapshotSummary;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What the trainer tells Prometheus. Thread-safe. */
final class TrainerMetrics implements AutoCloseable {

    private static final List<String> TABLES = List.of("users", "items", "categories");

    private final MeterRegistry registry;
    private final List<Meter> meters = new ArrayList<>();
    private final Counter samples;
    private final Counter skipped;
    private final Counter refused;
    private final Counter unreadable;
    private final Timer steps;
    private final Timer eventToTrained;
    private final MultiGauge lag;
    private final Latency latency = new Latency();

    TrainerMetrics(MeterRegistry registry) {
        this.registry = registry;
        samples = kept(Counter.builder("coldstream.samples.trained")
                .description("Samples learnt from, those repeated at a restart included")
                .register(registry));
        skipped = kept(Counter.builder("coldstream.samples.skipped")
                .description("Samples read and not learnt from: read = trained + skipped; alert on any")
                .register(registry));
        refused = kept(Counter.builder("coldstream.dlq")
                .description("Records that cannot be processed")
                .tag("reason", "poison")
                .register(registry));
        unreadable = kept(Counter.builder("coldstream.dlq")
                .description("Records that cannot be processed")
                .tag("reason", "unreadable")
                .register(registry));
        steps = kept(Timer.builder("coldstream.train.step")
                .description("Applying one training step")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(5))
                .register(registry));
        eventToTrained = kept(Timer.builder("coldstream.event.to.trained")
                .description("From an event's ingest to learning from it")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(10))
                .maximumExpectedValue(Duration.ofMinutes(5))
                .register(registry));
        lag = MultiGauge.builder("coldstream.consumer.lag")
                .description("Records not handed to the trainer yet")
                .register(registry);
    }

    /** Registers the gauges that read the trainer's status, which is asked at most once a second. */
    void watch(Supplier<TrainerStatus> status, Supplier<Instant> lastSnapshot, Supplier<Instant> now) {
        Supplier<TrainerStatus> recent = new Recent(status);
        for (Stratum stratum : Stratum.values()) {
            String key = stratum.key();
            gauge("coldstream.prequential.auc", "Prequential AUC", "stratum", key, () -> {
                var metrics = recent.get().prequential().get(key);
                return metrics == null ? Double.NaN : metrics.auc();
            });
            gauge("coldstream.logloss", "Prequential logistic loss in nats", "stratum", key, () -> {
                var metrics = recent.get().prequential().get(key);
                return metrics == null ? Double.NaN : metrics.logloss();
            });
            gauge(
                    "coldstream.calibration.ratio",
                    "Mean predicted probability over the share of positives",
                    "stratum",
                    key,
                    () -> recent.get().calibration().getOrDefault(key, Double.NaN));
        }
        for (String cell : Signals.CELLS) {
            gauge("coldstream.gate.alpha", "Mean trust in language-model pairs", "cell", cell, () -> recent.get()
                    .gate()
                    .alpha()
                    .getOrDefault(cell, Double.NaN));
        }
        guidance(recent);
        kept(Gauge.builder(
                        "coldstream.learning.rate.factor",
                        () -> recent.get().ratesRaised().map(Haste::factor).orElse(1.0))
                .description("Learning rates over what is set: above 1 while a drift's action raises them")
                .register(registry));
        TABLES.forEach(table -> rows(recent, table));
        kept(Gauge.builder(
                        "coldstream.snapshot.age.seconds",
                        () -> Duration.between(lastSnapshot.get(), now.get()).toMillis() / 1000.0)
                .description("Since the newest snapshot was captured")
                .register(registry));
        Instant began = now.get();
        kept(Gauge.builder("coldstream.version.age.seconds", () -> {
                    Instant newest = SnapshotSummary.newestVersion(recent.get().snapshots())
                            .orElse(began);
                    return Duration.between(newest, now.get()).toMillis() / 1000.0;
                })
                .description("Since the newest snapshot that the registry took was captured; else since the start")
                .register(registry));
    }

    /** rows = admitted − evicted − expired since the model began, for users and items; refused is to stay 0. */
    private void rows(Supplier<TrainerStatus> recent, String table) {
        gauge("coldstream.embedding.rows", "Rows", "table", table, () -> counts(recent, table)
                .rows());
        total("coldstream.embedding.admitted", "Rows given to ids", recent, table, RowCounts::admitted);
        total("coldstream.embedding.evicted", "Rows taken from ids, table full", recent, table, RowCounts::evicted);
        total("coldstream.embedding.expired", "Rows not touched for too long", recent, table, RowCounts::expired);
        total("coldstream.embedding.refused", "Ids without a row, all in use", recent, table, RowCounts::refused);
    }

    private static RowCounts counts(Supplier<TrainerStatus> recent, String table) {
        return recent.get().rows().getOrDefault(table, new RowCounts(0, 0, 0, 0, 0));
    }

    private void total(
            String name,
            String description,
            Supplier<TrainerStatus> recent,
            String table,
            ToDoubleFunction<RowCounts> reading) {
        kept(FunctionCounter.builder(name, recent, from -> reading.applyAsDouble(counts(from, table)))
                .description(description)
                .tag("table", table)
                .register(registry));
    }

    private void guidance(Supplier<TrainerStatus> recent) {
        for (String cell : Signals.CELLS) {
            gauge(
                    "coldstream.gate.agreement",
                    "Share of realised comparisons the language model ordered correctly",
                    "cell",
                    cell,
                    () -> {
                        var found = recent.get().gate().cells().get(cell);
                        return found == null ? Double.NaN : found.agreement();
                    });
        }
        kept(Gauge.builder("coldstream.guidance.gain", () -> {
                    var gain = recent.get().gained().get("overall");
                    return gain == null ? Double.NaN : gain.with() - gain.without();
                })
                .description(
                        "Share of comparisons ordered rightly with what guidance adds, less that without it, of this run")
                .register(registry));
        last(
                "coldstream.guidance.dose",
                "Pair weight times mean trust, last step",
                recent,
                StepResult.Statistics::dose);
        last(
                "coldstream.guidance.active.hinges",
                "Share of the pairs whose hinge pulled, last step",
                recent,
                StepResult.Statistics::activeHinges);
        last(
                "coldstream.guidance.gradient.ratio",
                "Norm of the pairs' gradient over the labelled rows', last step",
                recent,
                StepResult.Statistics::gradientRatio);
    }

    private void last(
            String name,
            String description,
            Supplier<TrainerStatus> recent,
            ToDoubleFunction<StepResult.Statistics> reading) {
        kept(Gauge.builder(name, () -> recent.get()
                        .lastStep()
                        .map(reading::applyAsDouble)
                        .orElse(Double.NaN))
                .description(description)
                .register(registry));
    }

    private void gauge(String name, String description, String tag, String value, Supplier<Number> reading) {
        kept(Gauge.builder(name, reading)
                .description(description)
                .tag(tag, value)
                .register(registry));
    }

    /**
     * @param trained samples learnt from
     * @param refusals records refused now
     */
    void stepApplied(Step step, int trained, int refusals, long nanos, Instant now) {
        samples.increment(trained);
        skipped.increment(step.record().samples() - trained);
        refused.increment(refusals);
        unreadable.increment(step.unreadable());
        steps.record(nanos, TimeUnit.NANOSECONDS);
        if (!step.replayed()) {
            for (Sample sample : step.samples()) {
                Duration duration = Duration.between(sample.ingestTime(), now);
                latency.add(duration);
                eventToTrained.record(duration.isNegative() ? Duration.ZERO : duration);
            }
        }
    }

    void lags(Map<String, Long> lags) {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        lags.forEach((partition, records) -> rows.add(MultiGauge.Row.of(Tags.of("partition", partition), records)));
        lag.register(rows, true);
    }

    TrainerStatus.Percentiles eventToTrained() {
        return latency.percentiles();
    }

    private <M extends Meter> M kept(M meter) {
        meters.add(meter);
        return meter;
    }

    /** Takes the meters out of the registry, so that a new trainer in this process starts its own. */
    @Override
    public void close() {
        meters.forEach(registry::remove);
        lag.register(List.of(), true);
    }

    /** A status at most a second old. */
    private static final class Recent implements Supplier<TrainerStatus> {

        private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

        private final Supplier<TrainerStatus> status;
        private TrainerStatus last;
        private long readAt;

        Recent(Supplier<TrainerStatus> status) {
            this.status = status;
            this.last = status.get();
            this.readAt = System.nanoTime();
        }

        @Override
        public synchronized TrainerStatus get() {
            if (System.nanoTime() - readAt > FRESH_NANOS) {
                last = status.get();
                readAt = System.nanoTime();
            }
            return last;
        }
    }
}
