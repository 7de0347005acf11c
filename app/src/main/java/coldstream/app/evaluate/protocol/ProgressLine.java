package coldstream.app.evaluate.protocol;

import java.io.PrintWriter;
import java.time.Duration;

/** Says now and then how far long work is. */
public final class ProgressLine {

    private static final long PAUSE = Duration.ofSeconds(2).toNanos();

    private final PrintWriter out;
    private long next = System.nanoTime() + PAUSE;

    public ProgressLine(PrintWriter out) {
        this.out = out;
    }

    /** Says it, unless something was said a moment ago. */
    public void say(String what) {
        if (System.nanoTime() >= next) {
            print(what);
        }
    }

    public void done(String name, double seconds) {
        print("%s: done in %.0f s".formatted(name, seconds));
    }

    private void print(String what) {
        out.println(what);
        out.flush();
        next = System.nanoTime() + PAUSE;
    }
}
