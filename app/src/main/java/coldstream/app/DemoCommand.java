package coldstream.app;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Placeholder until the parts are wired. */
@Command(name = "demo", description = "The whole system in one process.", mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {

    @Override
    public Integer call() {
        return CommandLine.ExitCode.OK;
    }
}
