package coldstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class CommandLineTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine line =
            Coldstream.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    /** Those for people. */
    static List<String> commands() {
        return Coldstream.commandLine().getSubcommands().entrySet().stream()
                .filter(command -> !command.getKey().equals("help")
                        && !command.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    @Test
    void helpNamesEveryCommand() {
        assertThat(line.execute("--help")).isZero();
        assertThat(commands())
                .contains(
                        "demo",
                        "replay",
                        "evaluate",
                        "gate",
                        "export",
                        "config",
                        "ingest",
                        "scorer-worker",
                        "online-trainer",
                        "model-registry",
                        "serving");
        assertThat(out.toString()).contains(commands());
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandExplainsItself(String command) {
        assertThat(line.execute(command, "--help")).isZero();
        assertThat(out.toString()).contains("Usage: coldstream " + command);
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "replay"})
    void aDataSetThatIsNotThereIsOneLine(String command) {
        assertThat(line.execute(command, "--data", "/nowhere/at/all")).isEqualTo(Coldstream.FAILED);
        assertThat(err.toString())
                .isEqualToIgnoringNewLines("coldstream: a data set must be a folder, got /nowhere/at/all");
    }

    @Test
    void aReportThatCannotBeWrittenIsToldBeforeAnythingStarts(@TempDir Path folder) {
        Path report = folder.resolve("absent").resolve("report.json");

        assertThat(line.execute("demo", "--report", report.toString())).isEqualTo(Coldstream.FAILED);
        assertThat(err.toString())
                .contains("--report must name a file in a folder that can be written to")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--rate=0", "--rate=fast", "--labels=guess", "--limit=many"})
    void aWrongOptionIsAUsageError(String option) {
        assertThat(line.execute("replay", "--data", ".", option)).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString())
                .startsWith("coldstream: ")
                .contains(option.substring(0, option.indexOf('=')))
                .endsWith("what can be given: coldstream replay --help" + System.lineSeparator())
                .hasLineCount(2);
    }

    @Test
    void anUnknownOptionNamesTheNearest() {
        assertThat(line.execute("demo", "--keep-runing")).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("Unknown option: '--keep-runing'", "--keep-running");
    }

    @Test
    void withoutACommandAllAreListed() {
        assertThat(line.execute()).isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err.toString()).contains("a command is needed").contains(commands());
    }

    @Test
    void anUnknownSettingIsOneLineThatNamesTheNearest() {
        assertThat(line.execute("config", "--set", "trainer.batchsize=1")).isEqualTo(Coldstream.FAILED);
        assertThat(err.toString()).contains("did you mean trainer.batch-size?").hasLineCount(1);
    }

    @Test
    void aSettingsFileThatIsNotThereIsOneLine() {
        assertThat(line.execute("serving", "--config", "/nowhere.yaml")).isEqualTo(Coldstream.FAILED);
        assertThat(err.toString()).contains("the settings file must exist").hasLineCount(1);
    }
}
