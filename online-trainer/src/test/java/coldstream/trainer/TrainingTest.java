package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Sample;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.StratumMetrics;
import coldstream.testkit.Examples;
import coldstream.trainer.in.Origin;
import coldstream.trainer.in.Step;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.wire.StepRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class TrainingTest {

    private static final Identity IDENTITY = new Identity("ctr", 0, Map.of("backbone", "dcnv2"), "hash", "unknown");

    @TempDir
    Path root;

    private SnapshotStore store;
    private final Training training = new Training(IDENTITY, FakeLearning::from, Optional.empty());

    @BeforeEach
    void open() {
        store = new SnapshotStore(root);
    }

    private static Step step(long number, int samples) {
        var record = new StepRecord(
                StepRecord.FORMAT_VERSION,
                "ctr",
                number,
                new TreeMap<>(Map.of("samples-0", number)),
                samples,
                0,
                "hash");
        return new Step(
                record,
                2 * number,
                false,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                samples(number, samples),
                0,
                origins(samples),
                Optional.empty());
    }

    private static List<Origin> origins(int count) {
        var partition = new TopicPartition("samples", 0);
        return LongStream.range(0, count)
                .mapToObj(offset -> new Origin(partition, offset))
                .toList();
    }

    private static List<Sample> samples(long step, int count) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < count; i++) {
            Instant at = Examples.NOON.plusSeconds(100 * step + i);
            samples.add(Examples.sample(step + "|" + i, Examples.ANN, Examples.FILM, List.of(), 5, at));
        }
        return samples;
    }

    private Stored snapshot() {
        Stored stored = training.capture(Examples.NOON).write(store);
        training.written(stored);
        return stored;
    }

    private static long events(Map<String, StratumMetrics> metrics) {
        return Optional.ofNullable(metrics.get("overall")).orElseThrow().n();
    }

    @Test
    void aSnapshotStandsWhereTheLastStepStood() {
        training.apply(step(1, 3));
        training.apply(step(2, 4));
        SnapshotManifest manifest = snapshot().manifest();

        assertThat(manifest.step()).isEqualTo(2);
        assertThat(manifest.journalOffset()).isEqualTo(4);
        assertThat(manifest.offsets()).containsExactly(Map.entry("samples-0", 2L));
        assertThat(manifest.samples()).isEqualTo(7);
        assertThat(manifest.oldestIngestTime()).contains(Examples.NOON.plusSeconds(100));
        assertThat(manifest.newestIngestTime()).contains(Examples.NOON.plusSeconds(203));
    }

    @Test
    void aWindowHasTheEventsSinceTheParentOnly() {
        training.apply(step(1, 3));
        Stored parent = snapshot();
        training.apply(step(2, 4));
        SnapshotManifest child = snapshot().manifest();

        assertThat(child.parent()).contains(parent.id());
        assertThat(events(child.window())).isEqualTo(4);
        assertThat(events(child.metrics())).isEqualTo(7);
    }

    @Test
    void theWindowOfALostSnapshotBelongsToTheNext() {
        training.apply(step(1, 3));
        training.lost(training.capture(Examples.NOON));
        training.apply(step(2, 4));
        SnapshotManifest manifest = snapshot().manifest();

        assertThat(manifest.parent()).isEmpty();
        assertThat(events(manifest.window())).isEqualTo(7);
        assertThat(manifest.oldestIngestTime()).contains(Examples.NOON.plusSeconds(100));
    }

    @Test
    void continuingFromASnapshotEqualsNeverHavingStopped() {
        training.apply(step(1, 3));
        Stored stored = snapshot();
        training.apply(step(2, 4));
        var continued = new Training(IDENTITY, FakeLearning::from, Optional.of(stored));
        continued.apply(step(2, 4));

        assertThat(continued.place()).isEqualTo(training.place());
        assertThat(continued.samples()).isEqualTo(7);
        assertThat(continued.standing().metrics()).isEqualTo(training.standing().metrics());
        assertThat(continued.capture(Examples.NOON).write(store).id())
                .isEqualTo(training.capture(Examples.NOON).write(store).id());
    }

    @Test
    void aSnapshotIsDueByCountOrByTimeButNotWithoutAStep() {
        var rule = new SnapshotRule(100, Duration.ofSeconds(60));

        assertThat(rule.due(500, 100, 1, Duration.ZERO)).isTrue();
        assertThat(rule.due(500, 99, 1, Duration.ofSeconds(59))).isFalse();
        assertThat(rule.due(500, 0, 1, Duration.ofSeconds(60))).isTrue();
        assertThat(rule.due(500, 0, 0, Duration.ofHours(1))).isFalse();
    }

    @Test
    void noSnapshotIsDueBeforeTheFirstSample() {
        assertThat(new SnapshotRule(100, Duration.ofSeconds(60)).due(0, 0, 9, Duration.ofHours(1)))
                .isFalse();
    }
}
