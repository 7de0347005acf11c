package coldstream.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/** How this process was started, to start another like it. */
final class JavaCommand {

    private JavaCommand() {}

    /** The command up to and without the benchmark's own arguments. */
    static List<String> same() {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + "/bin/java");
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(Benchmarks.class.getName());
        return command;
    }
}
