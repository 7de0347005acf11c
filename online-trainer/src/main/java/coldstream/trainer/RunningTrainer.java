package coldstream.trainer;

import coldstream.monitor.AlarmListener;
import coldstream.service.ServiceHttp;
import coldstream.trainer.delta.DeltaPublisher;
import coldstream.trainer.delta.KafkaDeltaLog;
import coldstream.trainer.drift.DriftDesk;
import coldstream.trainer.in.KafkaSteps;
import coldstream.trainer.in.StepRules;
import coldstream.trainer.in.Steps;
import coldstream.trainer.judge.Judge;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.trainer.out.SnapshotSummary;
import coldstream.trainer.out.Snapshots;
import coldstream.trainer.watch.DriftReport;
import coldstream.trainer.watch.TrainerWatch;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The parts of a trainer between its start and its end. */
final class RunningTrainer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RunningTrainer.class);
    private static final Duration TOPICS_LIMIT = Duration.ofSeconds(30);
    private static final Duration PUBLISH_PAUSE = Duration.ofSeconds(2);
    private static final Duration PUBLISH_AT_CLOSE = Duration.ofMillis(1_500);
    private static final int UPDATES_PER_STEP = 256;

    private final TrainerPlan plan;
    private final Optional<Stored> from;
    private final Training training;
    private final Snapshots snapshots;
    private final TrainingLoop loop;
    private final Optional<DeltaPublisher> deltas;
    private final Optional<DriftDesk> desk;
    private final Optional<TrainerWatch> watch;
    private final TrainerMetrics metrics;

    private final ServiceHttp http;

    /**
     * Builds everything from the newest snapshot; nothing is learnt yet.
     *
     * @param http answers for this trainer, which closes it
     * @throws RuntimeException in one line, where snapshot, journal, topics and settings do not belong together
     */
    RunningTrainer(TrainerPlan plan, ServiceHttp http, InstantSource clock) {
        this.plan = plan;
        this.http = http;
        TrainerConfig config = plan.config();
        var topics = new Topics(config.namespace());
        new TopicSetup(topics, config.model(), config.partitions(), config.replication())
                .ensure(plan.kafka(), TOPICS_LIMIT);
        var input = new KafkaSteps(plan.kafka(), topics, config.model());
        var store = new SnapshotStore(config.folder());
        from = StartingSnapshot.find(store, plan.publisher(), input.begun());
        training = new Training(plan.identity(), plan.learners(), from);
        metrics = new TrainerMetrics(plan.meters());
        Steps steps = input.steps(rules(config));
        snapshots = new Snapshots(
                store, plan.publisher(), PUBLISH_PAUSE, config.keepJournal() ? offset -> {} : steps::forget);
        try {
            steps.open(training.place());
        } catch (RuntimeException e) {
            steps.close();
            snapshots.close();
            metrics.close();
            training.close();
            throw e;
        }
        deltas = config.deltaInterval().isZero()
                ? Optional.empty()
                : Optional.of(new DeltaPublisher(
                        new KafkaDeltaLog(plan.kafka(), topics, config.model()), PUBLISH_PAUSE, plan.meters()));
        Epochs epochs = deltas.<Epochs>map(
                        publisher -> new PublishedEpochs(training, publisher, config.deltaInterval(), clock))
                .orElse(Epochs.NONE);
        var rule = new SnapshotRule(config.snapshotSamples(), config.snapshotInterval());
        var taker = new SnapshotTaker(training, snapshots, store, rule, clock);
        loop = new TrainingLoop(
                steps,
                training,
                taker,
                new Recovery(plan.learners(), store, steps),
                epochs,
                new SkipLimit(config.mostSkips()),
                metrics,
                clock);
        desk = plan.watching()
                .flatMap(made -> plan.drift())
                .map(made -> new DriftDesk(made, plan.kafka(), loop::direct, training::samples, plan.meters(), clock));
        watch = plan.watching().map(this::watch);
        metrics.watch(this::status, taker::lastTime, clock::instant);
    }

    private static StepRules rules(TrainerConfig config) {
        return new StepRules(
                config.batchSize(),
                config.linger(),
                UPDATES_PER_STEP,
                config.model(),
                config.seed(),
                config.configHash());
    }

    private TrainerWatch watch(TrainerPlan.Watching made) {
        return new TrainerWatch(
                plan.config().model(),
                made.config(),
                made.champions(),
                made.folder(),
                desk.<AlarmListener>map(hears -> hears).orElse(AlarmListener.NONE),
                () -> desk.map(DriftDesk::open).orElse(List.of()),
                this::published,
                plan.meters());
    }

    private Optional<String> published() {
        return snapshots.summaries().stream()
                .map(SnapshotSummary::version)
                .flatMap(Optional::stream)
                .reduce((older, newer) -> newer);
    }

    /** Begins to learn, with everybody who looks on in place. */
    void begin() {
        from.ifPresent(snapshots::resume);
        LOG.atInfo()
                .addKeyValue("model", plan.config().model())
                .addKeyValue("step", training.place().step())
                .addKeyValue("samples", training.samples())
                .addKeyValue("device", plan.device())
                .log("trainer started");
        watch.ifPresent(each -> {
            each.start(from.map(Stored::folder));
            desk.ifPresent(hears -> hears.began(each.open()));
            training.watchedBy(each);
        });
        desk.ifPresent(each -> {
            each.start();
            training.answeredBy(each);
        });
        plan.judge().ifPresent(each -> {
            training.judgedBy(each);
            watch.ifPresent(hears -> each.heardBy(hears::judged));
            each.start();
        });
        loop.start();
    }

    TrainingLoop loop() {
        return loop;
    }

    /** Samples trained so far, over all runs of the model. */
    long samples() {
        return training.samples();
    }

    /** What the watch sees now. */
    DriftReport drift() {
        return watch.map(TrainerWatch::report)
                .orElseGet(() -> DriftReport.off(plan.config().model()));
    }

    /** Where the trainer stands now. */
    TrainerStatus status() {
        Training.Standing standing = training.standing();
        Map<String, Long> lags = loop.lags();
        metrics.lags(lags);
        return new TrainerStatus(
                plan.config().model(),
                loop.ready(),
                loop.replaying(),
                loop.failure().map(Throwable::toString),
                standing.place().step(),
                standing.samples(),
                standing.gate().pairs(),
                standing.unreadable(),
                standing.skips(),
                standing.place().offsets(),
                lags,
                standing.metrics(),
                standing.calibration(),
                standing.gate(),
                standing.rows(),
                standing.lastStep(),
                standing.haste(),
                metrics.eventToTrained(),
                snapshots.summaries(),
                plan.config().learnt(),
                plan.device(),
                standing.gained());
    }

    ServiceHttp http() {
        return http;
    }

    /** Stops; what is journalled and in hand is applied and written, and published if that takes no time. */
    @Override
    public void close() {
        loop.close();
        deltas.ifPresent(DeltaPublisher::close);
        plan.judge().ifPresent(Judge::close);
        watch.ifPresent(TrainerWatch::close);
        desk.ifPresent(DriftDesk::close);
        try {
            snapshots.settle(PUBLISH_AT_CLOSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        snapshots.close();
        http.close();
        metrics.close();
        training.close();
    }
}
