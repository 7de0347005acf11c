package coldstream.app;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;

/**
 * Progress for people: on a terminal some lines at the bottom that change in place, elsewhere a plain line now and then.
 *
 * <p>Thread-safe.
 */
public final class Panel {

    private static final long PLAIN_EVERY = Duration.ofSeconds(5).toNanos();
    private static final String UP_AND_CLEAR = "\u001b[1A\u001b[2K";

    /** A line that is too long is cut, since one that wraps would be two to clear. */
    private static final String DO_NOT_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintWriter out;
    private final boolean terminal;
    private int shown;
    private long lastPlain = System.nanoTime();

    public Panel(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Prints lines that stay. */
    public synchronized void say(String... lines) {
        clear();
        for (String line : lines) {
            out.println(line);
        }
        out.flush();
    }

    /** Shows where things stand, in place of what was shown before. */
    public synchronized void show(List<String> lines) {
        if (terminal) {
            clear();
            out.print(DO_NOT_WRAP);
            lines.forEach(out::println);
            out.print(WRAP);
            shown = lines.size();
            out.flush();
        } else if (System.nanoTime() - lastPlain >= PLAIN_EVERY) {
            lastPlain = System.nanoTime();
            out.println(String.join(" | ", lines));
            out.flush();
        }
    }

    /** Takes away what is shown in place. */
    public synchronized void clear() {
        if (shown > 0) {
            out.print(UP_AND_CLEAR.repeat(shown));
            out.flush();
            shown = 0;
        }
    }
}
