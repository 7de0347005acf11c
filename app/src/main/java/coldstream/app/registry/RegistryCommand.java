package coldstream.app.registry;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The registry from a terminal. */
@Command(
        name = "registry",
        description = "Shows which version serves and why, and lets a person promote, roll back, approve and freeze.",
        subcommands = {
            HistoryCommand.class,
            WhyCommand.class,
            DiffCommand.class,
            PromoteCommand.class,
            RollbackCommand.class,
            ApproveCommand.class,
            FreezeCommand.class,
            BackupCommand.class,
            RestoreCommand.class
        },
        footerHeading = "%nTo see why the champion serves:%n",
        footer = "  coldstream registry why",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
public final class RegistryCommand implements Runnable {

    /** Exit status when the registry cannot be reached, so that trying again may help. */
    static final int UNREACHABLE = 3;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        throw new ParameterException(line, "a command is needed");
    }
}
