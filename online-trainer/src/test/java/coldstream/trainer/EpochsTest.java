package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Sample;
import coldstream.model.DeltaRecord;
import coldstream.testkit.Await;
import coldstream.testkit.Examples;
import coldstream.trainer.delta.DeltaLog;
import coldstream.trainer.delta.DeltaPublisher;
import coldstream.trainer.delta.Epoch;
import coldstream.trainer.in.Origin;
import coldstream.trainer.in.Step;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.wire.DeltaEnvelope;
import coldstream.wire.EpochMarker;
import coldstream.wire.EpochMarker.Arrival;
import coldstream.wire.Json;
import coldstream.wire.StepRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given away between snapshots, with a learner whose rows are the steps it took. */
class EpochsTest {

    private static final Identity IDENTITY = new Identity("ctr", 0, Map.of("backbone", "dcnv2"), "hash", "unknown");

    private final SnapshotStore store;
    private final FakeLog log = new FakeLog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final DeltaPublisher publisher = new DeltaPublisher(log, Duration.ZERO, meters);
    private final List<Instant> now = new ArrayList<>(List.of(Examples.NOON));
    private Training training = new Training(IDENTITY, NotingLearning::new, Optional.empty());
    private Epochs epochs = epochs();

    EpochsTest(@TempDir Path root) {
        store = new SnapshotStore(root);
    }

    private Epochs epochs() {
        InstantSource clock = () -> now.get(now.size() - 1);
        return new PublishedEpochs(training, publisher, Duration.ofSeconds(2), clock);
    }

    @AfterEach
    void close() {
        log.gate.release(100);
        publisher.close();
    }

    /** A log that does what the test says, and remembers what it was given. */
    private static final class FakeLog implements DeltaLog {

        final List<EpochMarker> markers = new CopyOnWriteArrayList<>();
        final List<List<String>> keys = new CopyOnWriteArrayList<>();
        final Semaphore gate = new Semaphore(100);
        volatile boolean fails;

        @Override
        public void append(Consumer<Writer> epoch) {
            gate.acquireUninterruptibly();
            List<String> written = new ArrayList<>();
            epoch.accept((key, value) -> {
                DeltaEnvelope opened = DeltaEnvelope.open(key, value);
                if (key.startsWith(EpochMarker.TABLE)) {
                    if (fails) {
                        throw new IllegalStateException("torn behind " + written.size() + " records");
                    }
                    markers.add(Json.read(opened.content(), EpochMarker.class));
                } else {
                    written.add(key);
                }
            });
            keys.add(written);
        }

        @Override
        public void close() {}
    }

    private static final class NotingLearning extends ForwardingLearning {

        private final TreeSet<String> changed = new TreeSet<>();

        private NotingLearning(Optional<Path> snapshot) {
            super(FakeLearning.from(snapshot));
        }

        /** What changed, by the name of the step. */
        private record Noted(TreeSet<String> names) implements Epoch.Changes {

            @Override
            public void requireSound() {}

            @Override
            public void records(Consumer<DeltaRecord> to) {
                names.forEach(name -> to.accept(new DeltaRecord("rows", name, new byte[] {1})));
            }
        }

        @Override
        public StepResult step(List<Sample> samples) {
            changed.add(samples.get(0).sampleId());
            return super.step(samples);
        }

        @Override
        public void noteChanges() {
            changed.clear();
        }

        @Override
        public Optional<Epoch.Changes> changes() {
            Noted noted = new Noted(new TreeSet<>(changed));
            changed.clear();
            return Optional.of(noted);
        }

        @Override
        public void changesLost(Epoch.Changes changes) {
            changed.addAll(((Noted) changes).names());
        }
    }

    private static Step step(long number, boolean replayed) {
        var offsets = new TreeMap<>(Map.of("samples-0", number));
        var record = new StepRecord(StepRecord.FORMAT_VERSION, "ctr", number, offsets, 1, 0, "hash");
        Instant at = Examples.NOON.plusSeconds(number);
        Sample sample = Examples.sample("s" + number, Examples.ANN, Examples.FILM, List.of(), 5, at);
        var origin = new Origin(new TopicPartition("samples", 0), number);
        return new Step(
                record,
                2 * number,
                replayed,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(sample),
                0,
                List.of(origin),
                Optional.empty());
    }

    private void learn(long number) {
        training.apply(step(number, false));
    }

    private Stored snapshot() {
        Stored stored = training.capture(Examples.NOON).write(store);
        training.written(stored);
        return stored;
    }

    /** Time goes on, and the loop looks. */
    private void look() {
        now.add(now.get(now.size() - 1).plusSeconds(2));
        epochs.look(true);
    }

    private void awaitEpochs(int count) {
        Await.until("epoch " + count, () -> log.keys.size() == count && publisher.idle());
    }

    @Test
    void anEpochHoldsWhatChangedSinceTheOneBeforeAndTheFirstWhatChangedSinceASnapshot() {
        learn(1);
        look();
        Stored first = snapshot();
        look();
        learn(2);
        learn(3);
        look();
        awaitEpochs(1);
        learn(4);
        look();
        awaitEpochs(2);

        assertThat(log.keys).containsExactly(List.of("rows|s2", "rows|s3"), List.of("rows|s4"));
        assertThat(log.markers).extracting(EpochMarker::fromStep).containsExactly(1L, 3L);
        assertThat(log.markers).extracting(EpochMarker::step).containsExactly(3L, 4L);
        assertThat(log.markers).extracting(EpochMarker::base).containsOnly(first.id());
        assertThat(log.markers.get(0).samples()).isEqualTo(3);
        assertThat(log.markers.get(0).offsets()).containsExactly(Map.entry("samples-0", 3L));
        assertThat(log.markers.get(0).arrivals()).extracting(Arrival::events).containsExactly(1L, 1L);
    }

    @Test
    void aSnapshotInBetweenEndsNothing() {
        learn(1);
        snapshot();
        learn(2);
        Stored second = snapshot();
        learn(3);
        look();
        awaitEpochs(1);

        assertThat(log.keys.get(0)).containsExactly("rows|s2", "rows|s3");
        assertThat(log.markers.get(0).base()).isEqualTo(second.id());
        assertThat(log.markers.get(0).baseStep()).isEqualTo(2);
        assertThat(log.markers.get(0).fromStep()).isEqualTo(1);
    }

    @Test
    void whileKafkaIsSlowLearningGoesOnAndEpochsBecomeOne() {
        learn(1);
        snapshot();
        log.gate.drainPermits();
        learn(2);
        look();
        for (int step = 3; step <= 20; step++) {
            learn(step);
            look();
        }
        assertThat(log.keys).isEmpty();
        log.gate.release(100);
        awaitEpochs(1);
        look();
        awaitEpochs(2);

        assertThat(log.keys.get(0)).containsExactly("rows|s2");
        assertThat(log.keys.get(1)).hasSize(18);
        assertThat(log.markers.get(1).fromStep()).isEqualTo(2);
        assertThat(log.markers.get(1).step()).isEqualTo(20);
    }

    @Test
    void whatCouldNotBeGivenAwayGoesWithTheNext() {
        learn(1);
        snapshot();
        log.fails = true;
        learn(2);
        look();
        Await.until(
                "the failure is counted",
                () -> meters.counter("coldstream.delta.epochs", "outcome", "failed")
                                        .count()
                                == 1
                        && publisher.idle());
        log.fails = false;
        learn(3);
        look();
        awaitEpochs(1);

        assertThat(log.keys.get(0)).containsExactly("rows|s2", "rows|s3");
        assertThat(log.markers.get(0).fromStep()).isEqualTo(1);
        assertThat(log.markers.get(0).arrivals().stream()
                        .mapToLong(Arrival::events)
                        .sum())
                .isEqualTo(2);
    }

    @Test
    void aRestartGivesNothingBeforeItHasRepeatedItsStepsAndThenAllSinceItsSnapshot() {
        learn(1);
        Stored first = snapshot();
        learn(2);
        look();
        awaitEpochs(1);
        training = new Training(IDENTITY, NotingLearning::new, Optional.of(first));
        epochs = epochs();

        training.apply(step(2, true));
        now.add(now.get(now.size() - 1).plusSeconds(9));
        epochs.look(false);
        training.apply(step(3, true));
        look();
        awaitEpochs(2);

        assertThat(log.keys.get(1)).containsExactly("rows|s2", "rows|s3");
        assertThat(log.markers.get(1).fromStep()).isEqualTo(1);
        assertThat(log.markers.get(1).arrivals()).isEqualTo(List.of());
    }

    /** Another learner takes the place of one that failed on a step, which it has taken without what was refused. */
    private void recover(long number) {
        NotingLearning other = new NotingLearning(Optional.empty());
        Step failed = step(number, false);
        StepResult result = other.step(failed.samples());
        training.recovered(new Recovery.Recovered(other, failed, Optional.of(result), Map.of()));
    }

    @Test
    void aLearnerInPlaceOfOneThatFailedGivesAwayWhatThatOneHadNot() {
        learn(1);
        snapshot();
        learn(2);
        recover(3);
        look();
        awaitEpochs(1);
        learn(4);
        look();
        awaitEpochs(2);

        assertThat(log.keys).containsExactly(List.of("rows|s2", "rows|s3"), List.of("rows|s4"));
        assertThat(log.markers).extracting(EpochMarker::fromStep).containsExactly(1L, 3L);
    }

    @Test
    void anEpochThatIsLostWhileTheLearnerIsReplacedGoesWithTheNext() {
        learn(1);
        snapshot();
        log.gate.drainPermits();
        log.fails = true;
        learn(2);
        look();
        recover(3);
        log.gate.release(100);
        Await.until(
                "the failure is counted",
                () -> meters.counter("coldstream.delta.epochs", "outcome", "failed")
                                        .count()
                                == 1
                        && publisher.idle());
        log.fails = false;
        look();
        awaitEpochs(1);

        assertThat(log.keys.get(0)).containsExactly("rows|s2", "rows|s3");
        assertThat(log.markers.get(0).fromStep()).isEqualTo(1);
    }
}
