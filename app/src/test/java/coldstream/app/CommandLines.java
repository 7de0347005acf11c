package coldstream.app;

import picocli.CommandLine;

/** The whole command, for tests of its parts. */
public final class CommandLines {

    private CommandLines() {}

    public static CommandLine coldstream() {
        return Coldstream.commandLine();
    }
}
