package coldstream.trainer;

import coldstream.service.Settings;
import coldstream.trainer.out.SnapshotPublisher;
import coldstream.trainer.watch.ChampionSource;
import coldstream.trainer.watch.WatchConfig;
import coldstream.wire.SnapshotFolder;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Starts trainers of one model over one Kafka, each life with the same or another folder. */
final class TrainerRig {

    private final Map<String, String> settings;

    TrainerRig(String bootstrapServers, String namespace) {
        settings = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", bootstrapServers,
                "namespace", namespace,
                "topics.partitions", "3",
                "trainer.port", "0",
                "trainer.device", "cpu",
                "trainer.batch-size", "32",
                "trainer.linger", "20ms",
                "trainer.snapshot-samples", "400",
                "trainer.snapshot-interval", "1h"));
        settings.put("trainer.keep-journal", "true"); // so that another run can repeat every step
    }

    TrainerRig with(String key, String value) {
        settings.put(key, value);
        return this;
    }

    /** A trainer that is not started. */
    OnlineTrainer trainer(Path folder, SnapshotPublisher publisher, Learning.Factory learners) {
        Settings values = values(folder);
        return new OnlineTrainer(plan(values, publisher, learners));
    }

    private static TrainerPlan plan(Settings values, SnapshotPublisher publisher, Learning.Factory learners) {
        return TrainerPlan.alone(
                TrainerConfig.from(values),
                values.kafkaClient(),
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                publisher,
                learners);
    }

    /** A trainer that is watched, not started; its learner remembers what it was told. */
    OnlineTrainer watched(Path folder, SnapshotPublisher publisher, ChampionSource champions, WatchConfig config) {
        Settings values = values(folder);
        var watching = new TrainerPlan.Watching(config, champions, folder.resolve("watch"));
        return new OnlineTrainer(plan(values, publisher, FakeLearning::from).watched(watching));
    }

    Settings values(Path folder) {
        return Settings.of(OnlineTrainer.settings(), settings).with(Map.of("data-directory", folder.toString()));
    }

    /** The newest snapshot's folder below a data directory. */
    static Path newest(Path folder) {
        return newestIn(folder.resolve("trainer/ctr"));
    }

    /** The newest snapshot's folder in a store. */
    static Path newestIn(Path store) {
        try (Stream<Path> found = Files.list(store)) {
            return found.filter(path -> Files.isDirectory(path)
                            && !path.getFileName().toString().startsWith("."))
                    .max(Comparator.comparingLong(
                            path -> SnapshotFolder.manifest(path).step()))
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The sha256 of every file of the newest snapshot but the manifest. */
    static Map<String, String> hashes(Path folder) {
        var hashes = new TreeMap<String, String>();
        SnapshotFolder.digests(newest(folder)).forEach((file, digest) -> hashes.put(file, digest.sha256()));
        return hashes;
    }
}
