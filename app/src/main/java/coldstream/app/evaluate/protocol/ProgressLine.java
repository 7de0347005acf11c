package coldstream.app.evaluate.protocol;

import coldstream.domain.StratumMetrics;
import coldstream.evaluation.Prequential;
import coldstream.evaluation.Stratum;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Objects;

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

    public void learning(String name, int events, int all, Prequential soFar) {
        if (System.nanoTime() >= next) {
            StratumMetrics overall = Objects.requireNonNull(soFar.metrics().get(Stratum.OVERALL.key()));
            String auc = Double.isNaN(overall.auc()) ? "warming up" : "auc %.4f so far".formatted(overall.auc());
            print("%s: %,d of %,d events, %s".formatted(name, events, all, auc));
        }
    }

    public void done(String name, double seconds, int events) {
        print("%s: done in %.0f s, %,.0f events/s".formatted(name, seconds, events / seconds));
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
