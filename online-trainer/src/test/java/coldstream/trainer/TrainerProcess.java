package coldstream.trainer;

import coldstream.domain.DriftAlert;
import coldstream.domain.Sample;
import coldstream.model.DeltaRecord;
import coldstream.monitor.action.ActionException;
import coldstream.monitor.action.RaiseRates;
import coldstream.monitor.action.ResetGate;
import coldstream.service.Settings;
import coldstream.trainer.delta.Epoch;
import coldstream.trainer.judge.Judge;
import coldstream.trainer.judge.JudgeConfig;
import coldstream.trainer.judge.JudgeMetrics;
import coldstream.trainer.judge.Tribunal;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.out.SnapshotPublisher;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerConfig;

/**
 * A trainer of the product's own learner in a JVM of its own, for tests that kill it. Arguments: brokers, namespace, data
 * directory, and words: {@code directed} if it shall be directed, {@code judged} if a judge shall sit beside it. It gets warm,
 * then waits for a line with the point where it shall be killed and how often to pass there first.
 * It prints how many samples it has trained, and {@code there} when the point is reached, and then waits for its end. It
 * closes in order when its input ends.
 */
final class TrainerProcess {

    /** Where a process can be killed. */
    enum Point {
        APPEND,
        BEFORE_STEP,
        AFTER_STEP,
        SNAPSHOT,
        BEFORE_PUBLISH,
        AFTER_PUBLISH,
        EPOCH,
        ANYWHERE
    }

    private static final int REPORT_MILLIS = 5;
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private static volatile Point point = Point.ANYWHERE;
    private static final AtomicInteger PASSES = new AtomicInteger();

    private TrainerProcess() {}

    public static void main(String[] arguments) throws Exception {
        var rig = new TrainerRig(arguments[0], arguments[1])
                .with("trainer.snapshot-samples", "150")
                .with("trainer.delta-interval", "40ms");
        Path folder = Path.of(arguments[2]);
        Settings settings = rig.values(folder);
        TrainerConfig config = TrainerConfig.from(settings);
        warmUp(config.learner());
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String[] end = in.readLine().split(" ", -1);
        PASSES.set(Integer.parseInt(end[1]));
        point = Point.valueOf(end[0]);

        Map<String, Object> kafka = new HashMap<>(settings.kafkaClient());
        kafka.put(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, PassingInterceptor.class.getName());
        List<String> words = List.of(arguments);
        Path published = folder.resolve("registry-" + UUID.randomUUID());
        var versions = new FakePublisher(published);
        var registry = new PassingPublisher(versions);
        var tribunal = new PublishedTribunal(versions, published);
        Optional<Judge> judge = words.contains("judged") ? Optional.of(judge(tribunal)) : Optional.empty();
        Learning.Factory learners = snapshot ->
                new PassingLearning(Learning.Factory.of(config.learner()).from(snapshot));
        TrainerPlan plan = TrainerPlan.alone(config, kafka, new SimpleMeterRegistry(), registry, learners)
                .judged(judge);
        try (var trainer = new OnlineTrainer(plan)) {
            trainer.start();
            if (words.contains("directed")) {
                direct(trainer);
            }
            while (System.in.available() == 0 && trainer.failure().isEmpty()) {
                OUT.println("judged " + tribunal.steps());
                OUT.println("trained " + trainer.samplesTrained());
                Thread.sleep(REPORT_MILLIS);
            }
            trainer.failure().ifPresent(failure -> OUT.println("failed " + failure));
        }
        OUT.println("ended");
        System.exit(0);
    }

    /** What an alarm does, by the real actions, so that a kill finds it waiting, journalled or in effect. */
    private static void direct(OnlineTrainer trainer) throws ActionException {
        DriftAlert alert = alert(UUID.randomUUID().toString());
        new RaiseRates(trainer::direct, trainer::samplesTrained, 2, 70).start(alert);
        new ResetGate(trainer::direct).start(alert);
    }

    private static DriftAlert alert(String id) {
        Instant now = Instant.EPOCH;
        return new DriftAlert(
                id,
                "ctr",
                "trainer",
                DriftAlert.State.OPEN,
                "guidance",
                "agreement",
                "cold_tail",
                "shift",
                0.2,
                0.1,
                0.5,
                0.7,
                new DriftAlert.Window(now, now, 500),
                Optional.empty(),
                Optional.empty(),
                1,
                new TreeMap<>(),
                new TreeMap<>(),
                DriftAlert.Severity.WARNING,
                "a test",
                List.of(),
                now,
                now);
    }

    /** One who looks at every step. */
    private static Judge judge(Tribunal tribunal) {
        var config = new JudgeConfig(1, 8_192, OFTEN, OFTEN);
        return new Judge("ctr", config, tribunal, new JudgeMetrics(new SimpleMeterRegistry()), InstantSource.system());
    }

    private static void warmUp(LearnerConfig config) {
        new OnlineLearner(config).close();
        OUT.println("warm");
    }

    static void pass(Point here) {
        if (here == point && PASSES.getAndDecrement() == 0) {
            OUT.println("there");
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException e) {
                throw new IllegalStateException("nobody came to kill this process", e);
            }
        }
    }

    private record PassingPublisher(FakePublisher registry) implements SnapshotPublisher {

        @Override
        public String publish(Path snapshot) {
            pass(Point.BEFORE_PUBLISH);
            String version = registry.publish(snapshot);
            pass(Point.AFTER_PUBLISH);
            return version;
        }

        @Override
        public Optional<String> fetchNewest(Path folder) {
            return registry.fetchNewest(folder);
        }
    }

    /** Passes a point behind the tenth record. */
    private record PassingChanges(Epoch.Changes changes) implements Epoch.Changes {

        @Override
        public void requireSound() {
            changes.requireSound();
        }

        @Override
        public void records(Consumer<DeltaRecord> to) {
            var handed = new AtomicInteger();
            changes.records(record -> {
                to.accept(record);
                if (handed.incrementAndGet() == 10) {
                    pass(Point.EPOCH);
                }
            });
        }
    }

    private static final class PassingLearning extends ForwardingLearning {

        PassingLearning(Learning learner) {
            super(learner);
        }

        @Override
        public StepResult step(List<Sample> samples) {
            pass(Point.BEFORE_STEP);
            StepResult result = super.step(samples);
            pass(Point.AFTER_STEP);
            return result;
        }

        @Override
        public Optional<Epoch.Changes> changes() {
            return super.changes().map(PassingChanges::new);
        }

        @Override
        public void changesLost(Epoch.Changes changes) {
            super.changesLost(((PassingChanges) changes).changes());
        }

        @Override
        public Consumer<Path> capture() {
            Consumer<Path> whole = super.capture();
            return folder -> {
                whole.accept(folder);
                try {
                    Path half = folder.resolve("dense.safetensors");
                    byte[] bytes = Files.readAllBytes(half);
                    Files.write(half, Arrays.copyOf(bytes, bytes.length / 2));
                    pass(Point.SNAPSHOT);
                    Files.write(half, bytes);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            };
        }
    }
}
