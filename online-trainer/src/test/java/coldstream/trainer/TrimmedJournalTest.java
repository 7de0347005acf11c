package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.wire.SnapshotFolder;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The journal goes no further back than the oldest snapshot a restart may begin from, and as far as that. */
@Tag("integration")
class TrimmedJournalTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final Topics topics = new Topics(KAFKA.namespace());
    private final TrainerRig rig = new TrainerRig(KAFKA.bootstrapServers(), topics.namespace())
            .with("trainer.keep-journal", "false")
            .with("trainer.snapshot-samples", "100");

    private long journalBegins() throws Exception {
        var journal = new TopicPartition(topics.steps("ctr"), 0);
        try (Admin admin = Admin.create(KAFKA.client())) {
            return admin.listOffsets(Map.of(journal, OffsetSpec.earliest()))
                    .partitionResult(journal)
                    .get()
                    .offset();
        }
    }

    /** Oldest first. */
    private static List<Path> snapshots(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder.resolve("trainer/ctr"))) {
            return found.filter(path -> Files.isDirectory(path)
                            && !path.getFileName().toString().startsWith("."))
                    .sorted(Comparator.comparingLong(
                            path -> SnapshotFolder.manifest(path).step()))
                    .toList();
        }
    }

    private static void delete(Path snapshot) throws IOException {
        try (Stream<Path> files = Files.list(snapshot)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(snapshot);
    }

    private void train(Path folder, FakePublisher registry, InputWriter writer) {
        try (OnlineTrainer trainer = rig.trainer(folder, registry, FakeLearning::from)) {
            trainer.start();
            Await.until("all samples are trained", () -> {
                assertThat(trainer.failure()).isEmpty();
                return trainer.samplesTrained() >= writer.samples();
            });
        }
    }

    @Test
    void aRestartFromTheOldestKeptSnapshotFindsTheStepsBehindIt(@TempDir Path folder) throws Exception {
        new TopicSetup(topics, "ctr", 3, 1).ensure(KAFKA.client(), Await.LIMIT);
        var registry = new FakePublisher(folder.resolve("registry"));
        try (var writer = new InputWriter(KAFKA.client(), topics)) {
            writer.catalogue();
            for (int more = 0; more < 4; more++) {
                writer.samples(300);
                train(folder, registry, writer);
            }
            List<Path> kept = snapshots(folder);
            long oldest = SnapshotFolder.manifest(kept.get(0)).journalOffset();
            assertThat(journalBegins()).isPositive().isLessThanOrEqualTo(oldest);
            List<String> told = FakeLearning.read(kept.get(kept.size() - 1));

            for (Path newer : kept.subList(1, kept.size())) {
                delete(newer);
            }
            train(folder, registry, writer);
            assertThat(FakeLearning.read(TrainerRig.newest(folder))).isEqualTo(told);

            var away = new FakePublisher(folder.resolve("none"));
            try (OnlineTrainer elsewhere = rig.trainer(folder.resolve("elsewhere"), away, FakeLearning::from)) {
                assertThatThrownBy(elsewhere::start)
                        .hasMessageContaining("must still have offset 0 where training goes on");
            }
        }
    }
}
