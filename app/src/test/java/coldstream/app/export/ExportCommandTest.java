package coldstream.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.UserState;
import coldstream.model.Ranker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExportCommandTest {

    private final Path snapshot;
    private final Path out;
    private final StringWriter console = new StringWriter();
    private final StringWriter errors = new StringWriter();
    private final CommandLine command = new CommandLine(new ExportCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setOut(new PrintWriter(console, true))
            .setErr(new PrintWriter(errors, true))
            .setExecutionExceptionHandler((failure, line, parsed) -> {
                errors.write(String.valueOf(failure.getMessage()));
                return 1;
            });

    ExportCommandTest(@TempDir Path folder) {
        snapshot = folder.resolve("snapshot");
        out = folder.resolve("out");
    }

    @Test
    void theGraphComesWithItsCardAndTheIdsItKnows() throws Exception {
        SnapshotOnDisk.write(snapshot, SmallModel.of("dcnv2"));

        assertThat(command.execute("--snapshot", snapshot.toString(), "--out", out.toString()))
                .isZero();

        assertThat(out).isDirectoryContaining("glob:**/model.onnx").isDirectoryContaining("glob:**/card.md");
        assertThat(console.toString()).contains("of ctr", "model.onnx", "card.md", "ids.json");
        try (Ranker ranker = Ranker.load(snapshot);
                OnnxScores onnx = new OnnxScores(out.resolve("model.onnx"))) {
            var state = new UserState(List.of(SmallModel.item(1)), 1);
            assertThat(onnx.score(state, SmallModel.user(1), List.of(SmallModel.item(2)))[0])
                    .isCloseTo(
                            ranker.score(state, SmallModel.user(1), List.of(SmallModel.item(2)))[0],
                            org.assertj.core.api.Assertions.within(1e-5f));
        }
    }

    @Test
    void severalFormatsGoToOneFolder() throws Exception {
        SnapshotOnDisk.write(snapshot, SmallModel.of("dcnv1"));

        assertThat(command.execute(
                        "--snapshot", snapshot.toString(), "--format", "onnx,safetensors", "--out", out.toString()))
                .isZero();

        try (var files = Files.list(out)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("model.onnx", "model.safetensors", "ids.json", "model.json", "card.md");
        }
    }

    @Test
    void aDamagedSnapshotIsRefused() throws Exception {
        SnapshotOnDisk.write(snapshot, SmallModel.of("dcnv1"));
        Files.writeString(snapshot.resolve("trust.json"), "{}");

        assertThat(command.execute("--snapshot", snapshot.toString(), "--out", out.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("trust.json must have");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderWithSomethingInItIsLeftAlone() throws Exception {
        Files.createDirectories(out);
        Files.writeString(out.resolve("precious"), "");

        assertThat(command.execute("--snapshot", snapshot.toString(), "--out", out.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("--out must be a new or empty folder");
    }

    @Test
    void oneSourceIsAskedFor() {
        assertThat(command.execute("--out", out.toString())).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(errors.toString()).contains("either --snapshot or --alias must be given");
    }
}
