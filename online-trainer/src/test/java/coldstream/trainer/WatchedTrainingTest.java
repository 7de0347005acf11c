package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.UserId;
import coldstream.monitor.AlarmListener;
import coldstream.monitor.Reference;
import coldstream.monitor.WatchSettings;
import coldstream.testkit.Examples;
import coldstream.trainer.in.Origin;
import coldstream.trainer.in.Step;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.trainer.watch.ChampionSource;
import coldstream.trainer.watch.TrainerWatch;
import coldstream.trainer.watch.WatchConfig;
import coldstream.wire.StepRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A trainer that is watched beside one that is not: the same steps, and every byte that is learnt. */
class WatchedTrainingTest {

    private static final int SAMPLES = 50;
    private static final Identity IDENTITY = new Identity("ctr", 0, Map.of(), "hash", "unknown");
    private static final LearnerConfig LEARNER = LearnerConfig.defaults().with("dimension", "4");

    private static final class NoChampion implements ChampionSource {

        @Override
        public Optional<String> champion() {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> reference(String version) {
            return Optional.empty();
        }
    }

    private static List<Step> steps() {
        Random random = new Random(2);
        List<Step> steps = new ArrayList<>();
        for (int number = 1; number <= 30; number++) {
            List<Sample> samples = new ArrayList<>();
            List<Origin> origins = new ArrayList<>();
            for (int k = 0; k < SAMPLES; k++) {
                samples.add(Examples.sample(
                        number + "|" + k,
                        new UserId("u" + random.nextInt(20)),
                        new ItemId("i" + random.nextInt(30)),
                        List.of(new ItemId("i" + random.nextInt(30))),
                        5,
                        Examples.NOON.plusSeconds((long) number * SAMPLES + k)));
                origins.add(new Origin(new TopicPartition("samples", 0), number * SAMPLES + k));
            }
            var record = new StepRecord(
                    StepRecord.FORMAT_VERSION,
                    "ctr",
                    number,
                    new TreeMap<>(Map.of("samples-0", (long) number * SAMPLES)),
                    SAMPLES,
                    0,
                    "hash");
            steps.add(new Step(
                    record,
                    number,
                    false,
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    samples,
                    0,
                    origins,
                    Optional.empty()));
        }
        return steps;
    }

    private static Stored learn(Path root, Optional<TrainerWatch> watch) {
        try (Training training = new Training(IDENTITY, Learning.Factory.of(LEARNER), Optional.empty())) {
            watch.ifPresent(training::watchedBy);
            for (Step step : steps()) {
                training.apply(step);
                training.fresh(step, Examples.NOON.plusSeconds(3_600), Map.of("samples-0", 7L));
            }
            return training.capture(Examples.NOON).write(new SnapshotStore(root));
        }
    }

    @Test
    void whatIsLearntIsTheSameWatchedOrNot(@TempDir Path plainRoot, @TempDir Path watchedRoot, @TempDir Path folder) {
        var config = new WatchConfig(true, 100, Duration.ofMinutes(1), WatchSettings.DEFAULT);
        Stored plain = learn(plainRoot, Optional.empty());
        try (TrainerWatch watch = new TrainerWatch(
                "ctr",
                config,
                new NoChampion(),
                folder,
                AlarmListener.NONE,
                List::of,
                Optional::empty,
                new SimpleMeterRegistry())) {
            Stored watched = learn(watchedRoot, Optional.of(watch));

            assertThat(watch.report().signals()).anyMatch(row -> row.samples() >= 100);
            Map<String, SnapshotManifest.FileDigest> files =
                    new TreeMap<>(watched.manifest().files());
            assertThat(files.remove(Reference.FILE)).isNotNull();
            assertThat(files).isEqualTo(new TreeMap<>(plain.manifest().files())).hasSizeGreaterThan(4);
        }
    }
}
