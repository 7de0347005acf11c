package coldstream.app;

import coldstream.app.demo.DemoCommand;
import coldstream.app.dlq.DlqCommand;
import coldstream.app.evaluate.EvaluateCommand;
import coldstream.app.evaluate.EvaluateWorkerCommand;
import coldstream.app.evaluate.drift.DriftCommand;
import coldstream.app.export.ExportCommand;
import coldstream.app.gate.GateCommand;
import coldstream.app.registry.RegistryCommand;
import coldstream.app.scores.ScoresCommand;
import coldstream.app.status.StatusCommand;
import java.io.PrintWriter;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The {@code coldstream} command. */
@Command(
        name = "coldstream",
        description = "A recommender that learns from a stream of events, and asks a language model where clicks cannot"
                + " help yet.",
        footerHeading = "%nTo see it work:%n",
        footer = "  coldstream demo",
        subcommands = {
            DemoCommand.class,
            ReplayCommand.class,
            EvaluateCommand.class,
            EvaluateWorkerCommand.class,
            DriftCommand.class,
            GateCommand.class,
            ScoresCommand.class,
            ExportCommand.class,
            RegistryCommand.class,
            StatusCommand.class,
            DlqCommand.class,
            ConfigCommand.class,
            HelpCommand.class
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class Coldstream implements Runnable {

    /** Exit status when something went wrong that is not a wrong command line (that is 2). */
    static final int FAILED = 1;

    /** Exit status after Ctrl-C, as shells count. */
    static final int INTERRUPTED = 130;

    @Spec
    private @Nullable CommandSpec spec;

    private Coldstream() {}

    public static void main(String[] arguments) {
        Logs.toConsole();
        Interruption interruption = Interruption.install();
        int status = commandLine(interruption).execute(arguments);
        interruption.exit(status);
    }

    static CommandLine commandLine() {
        return commandLine(Interruption.none());
    }

    private static CommandLine commandLine(Interruption interruption) {
        CommandLine line = new CommandLine(new Coldstream());
        Services.ALL.forEach(service -> line.addSubcommand(service.name(), ServiceCommand.of(service, interruption)));
        line.setParameterExceptionHandler((refused, arguments) -> refuse(refused));
        line.setExecutionExceptionHandler((failure, failed, parsed) -> fail(failure, failed.getErr()));
        line.setUsageHelpAutoWidth(true);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    @Override
    public void run() {
        CommandLine line = Objects.requireNonNull(spec).commandLine();
        throw new ParameterException(line, "a command is needed");
    }

    /** What is wrong stays in view: a page of options behind it would push it off the screen. */
    private static int refuse(ParameterException refused) {
        CommandLine command = refused.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("coldstream: " + OneLine.of(refused));
        UnmatchedArgumentException.printSuggestions(refused, err);
        if (command.getSubcommands().isEmpty()) {
            err.println("what can be given: " + command.getCommandSpec().qualifiedName() + " --help");
        } else {
            command.usage(err);
        }
        return CommandLine.ExitCode.USAGE;
    }

    /** One line for people; the stack goes to the log. */
    private static int fail(Exception failure, PrintWriter err) {
        if (Interruption.causedBy(failure)) {
            err.println("stopped");
            return INTERRUPTED;
        }
        LoggerFactory.getLogger(Coldstream.class).atDebug().setCause(failure).log("command failed");
        err.println("coldstream: " + OneLine.of(failure));
        return FAILED;
    }
}
