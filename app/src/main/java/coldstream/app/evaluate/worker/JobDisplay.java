package coldstream.app.evaluate.worker;

import coldstream.app.Panel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Shows how far every running job is, in one place: a head line, then a line a job. Thread-safe. */
public final class JobDisplay {

    private static final Duration PAUSE = Duration.ofMillis(200);

    private final Panel panel;
    private final int all;
    private final Map<Job, String> running = new LinkedHashMap<>();
    private final Map<Job, Double> shares = new LinkedHashMap<>();
    private final long start = System.nanoTime();
    private long next;
    private int done;

    /** @param all jobs to be done */
    public JobDisplay(Panel panel, int all) {
        this.panel = panel;
        this.all = all;
    }

    synchronized void started(Job job) {
        running.put(job, "starting");
        shares.put(job, 0.0);
        show();
    }

    synchronized void at(Job job, double share, String news) {
        running.put(job, "%3.0f %%  %s".formatted(100 * share, news));
        shares.put(job, share);
        if (System.nanoTime() >= next) {
            next = System.nanoTime() + PAUSE.toNanos();
            show();
        }
    }

    synchronized void finished(Job job, double seconds) {
        running.remove(job);
        shares.put(job, 1.0);
        done++;
        panel.say("%s: done in %.0f s".formatted(job.name(), seconds));
        show();
    }

    synchronized void failed(Job job, List<String> lastWords) {
        running.remove(job);
        panel.say("%s failed; its last lines:".formatted(job.name()));
        lastWords.forEach(line -> panel.say("  " + line));
    }

    synchronized void clear() {
        panel.clear();
    }

    private void show() {
        double share = shares.values().stream().mapToDouble(Double::doubleValue).sum() / all;
        double seconds = (System.nanoTime() - start) / 1e9;
        List<String> lines = new ArrayList<>();
        lines.add("%d of %d runs done%s".formatted(done, all, share < 0.02 ? "" : left(seconds / share - seconds)));
        running.forEach((job, news) -> lines.add("  %s: %s".formatted(job.name(), news)));
        panel.show(lines);
    }

    private static String left(double seconds) {
        return seconds < 90
                ? ", about %.0f s left".formatted(seconds)
                : ", about %.0f min left".formatted(seconds / 60);
    }
}
