package coldstream.app.dlq;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Dead letters from a terminal. */
@Command(
        name = "dlq",
        description = "Lists records that nobody could process, says why, and sends them to their topic again.",
        subcommands = {ListCommand.class, ExplainCommand.class, ReplayCommand.class},
        footerHeading = "%nTo see what there is:%n",
        footer = "  coldstream dlq list",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class DlqCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        throw new ParameterException(line, "a command is needed");
    }
}
