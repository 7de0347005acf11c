package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.wire.SnapshotFolder;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The product's trainer in a process of its own, killed with no chance to say goodbye. */
@Tag("integration")
class KilledTrainerTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final Topics topics = new Topics(KAFKA.namespace());

    @Test
    void aProcessKilledInMidStreamLearnsTheSameWeightsBitForBit(@TempDir Path folder) throws Exception {
        new TopicSetup(topics, "ctr", 3, 1).ensure(KAFKA.client(), Duration.ofSeconds(30));
        Path killed = Files.createDirectory(folder.resolve("killed"));
        Path unbroken = Files.createDirectory(folder.resolve("unbroken"));
        try (var writer = new InputWriter(KAFKA.client(), topics)) {
            writer.catalogue();
            writer.samples(1_000);
            for (int life = 1; life <= 2; life++) {
                long until = 600L * life;
                try (Child child = new Child(killed)) {
                    Await.until("life " + life + " is in mid-stream", () -> child.trained() >= until);
                    writer.samples(500);
                    child.kill();
                }
            }
            try (Child child = new Child(killed)) {
                Await.until("the last life has trained all", () -> child.trained() >= writer.samples());
                child.end();
            }
            try (Child child = new Child(unbroken)) {
                Await.until("the unbroken run has trained all", () -> child.trained() >= writer.samples());
                child.end();
            }
            var manifest = SnapshotFolder.manifest(TrainerRig.newest(killed));
            assertThat(manifest.samples()).isEqualTo(writer.samples());
            assertThat(manifest.parent()).isPresent();
        }
        assertThat(TrainerRig.hashes(killed))
                .containsKeys("dense.safetensors", "rows.safetensors")
                .isEqualTo(TrainerRig.hashes(unbroken));
    }

    /** A trainer in a JVM of its own. */
    private final class Child implements AutoCloseable {

        private final Process process;
        private final Path output;

        Child(Path data) throws IOException {
            output = Files.createTempFile(data, "out", ".txt");
            process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-cp",
                            System.getProperty("java.class.path"),
                            TrainerProcess.class.getName(),
                            KAFKA.bootstrapServers(),
                            topics.namespace(),
                            data.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        }

        long trained() throws IOException {
            List<String> lines = Files.readAllLines(output, StandardCharsets.UTF_8);
            assertThat(process.isAlive()).as("the trainer lives: %s", lines).isTrue();
            long trained = 0;
            for (String line : lines) {
                if (line.matches("trained \\d+")) {
                    trained = Long.parseLong(line.substring("trained ".length()));
                }
            }
            return trained;
        }

        /** SIGKILL. */
        void kill() throws InterruptedException {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }

        void end() throws IOException, InterruptedException {
            try (OutputStream in = process.getOutputStream()) {
                in.write('\n');
            }
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue())
                    .as("its output: %s", Files.readString(output, StandardCharsets.UTF_8))
                    .isZero();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
