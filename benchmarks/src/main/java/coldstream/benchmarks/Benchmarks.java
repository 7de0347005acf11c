package coldstream.benchmarks;

import coldstream.benchmarks.judge.JudgeCommand;
import coldstream.benchmarks.scoring.ScoringCommand;
import coldstream.benchmarks.serving.EpochsCommand;
import coldstream.benchmarks.serving.RankingCommand;
import coldstream.benchmarks.serving.ServeCommand;
import coldstream.benchmarks.serving.ServingCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The benchmarks by name. */
@Command(
        name = "benchmarks/run",
        description = "Measures Coldstream.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ThroughputCommand.class,
            CaseCommand.class,
            StepsCommand.class,
            TableSizeCommand.class,
            SoakCommand.class,
            WatchCommand.class,
            ServingCommand.class,
            ServeCommand.class,
            ScoringCommand.class,
            JudgeCommand.class,
            EpochsCommand.class,
            RankingCommand.class
        })
final class Benchmarks {

    private Benchmarks() {}

    public static void main(String[] arguments) {
        System.exit(new CommandLine(new Benchmarks())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments));
    }
}
