package coldstream.trainer.judge;

import coldstream.domain.Evidence;
import coldstream.wire.Comparison;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures frozen versions on a share of the steps, on a thread of its own, and tells the registry what it found.
 *
 * <p>A version is measured only on events behind its own offsets, from which it cannot have learnt; the live weights by what
 * they predicted before they learnt. Training hands over what it has done with and never waits: a step that comes while the
 * judge is busy is shed and counted, and whatever fails here is counted and tried again.
 */
public final class Judge implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Judge.class);

    /** Events of a step that are measured at most. */
    static final int MOST_EVENTS = 256;

    private static final int WAITING = 4;
    private static final Duration TURN = Duration.ofMillis(50);
    private static final Duration ENDS = Duration.ofSeconds(2);

    private final String model;
    private final JudgeConfig config;
    private final Tribunal tribunal;
    private final Bench bench;
    private final JudgeMetrics metrics;
    private final InstantSource clock;
    private final BlockingQueue<JudgedStep> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Thread thread = new Thread(this::run, "judge");

    private final Set<String> away = new HashSet<>();

    private volatile Consumer<List<Evidence>> listener = news -> {};
    private volatile boolean closed;
    private volatile boolean sitting;

    public Judge(String model, JudgeConfig config, Tribunal tribunal, JudgeMetrics metrics, InstantSource clock) {
        this.model = model;
        this.config = config;
        this.tribunal = tribunal;
        this.metrics = metrics;
        this.clock = clock;
        bench = new Bench(tribunal, config.rows());
        thread.setDaemon(true);
    }

    public void start() {
        if (config.share() > 0) {
            thread.start();
        }
    }

    /** From now on tells this one too what it finds. */
    public void heardBy(Consumer<List<Evidence>> told) {
        listener = told;
    }

    /** Whether this step is among those measured: by its number, so that a repeated run measures the same. */
    public boolean takes(long step) {
        return sitting && new SplittableRandom(step).nextDouble() < config.share();
    }

    /** Takes a step that was applied; never waits. */
    public void applied(JudgedStep step) {
        if (!waiting.offer(step)) {
            metrics.count(JudgeMetrics.Outcome.SHED);
        }
    }

    private void run() {
        long polled = System.nanoTime() - config.poll().toNanos();
        long reported = System.nanoTime();
        try {
            while (!closed) {
                if (System.nanoTime() - polled >= config.poll().toNanos()) {
                    trying("asking what to compare", this::convene);
                    polled = System.nanoTime();
                }
                JudgedStep step = waiting.poll(TURN.toMillis(), TimeUnit.MILLISECONDS);
                if (step != null) {
                    judge(step);
                }
                if (System.nanoTime() - reported >= config.report().toNanos()) {
                    trying("telling what was found", this::report);
                    reported = System.nanoTime();
                }
            }
        } catch (InterruptedException e) {
            LOG.atDebug().log("judge interrupted"); // only close does
        } catch (Error e) {
            metrics.count(JudgeMetrics.Outcome.FAILED);
            LOG.atError().setCause(e).log("judge ended, training goes on without evidence");
        } finally {
            sitting = false;
            waiting.clear();
            bench.close();
        }
    }

    private void convene() {
        List<Comparison> wanted = tribunal.comparisons();
        try {
            bench.seat(wanted, clock.instant());
        } finally {
            sitting = !bench.trials().isEmpty();
            metrics.seated(bench.seated());
        }
    }

    private void judge(JudgedStep step) {
        long begin = System.nanoTime();
        try {
            metrics.count(
                    bench.judge(step.first(MOST_EVENTS, config.rows() / 8), clock.instant())
                            ? JudgeMetrics.Outcome.JUDGED
                            : JudgeMetrics.Outcome.LEARNT);
        } catch (RuntimeException e) {
            metrics.count(JudgeMetrics.Outcome.FAILED);
            LOG.atWarn().addKeyValue("step", step.step()).setCause(e).log("step not judged");
        } finally {
            metrics.took(System.nanoTime() - begin);
        }
    }

    private void report() {
        long begin = System.nanoTime();
        List<Evidence> news = new ArrayList<>();
        for (Trial trial : bench.trials()) {
            if (trial.hasNews()) {
                news.add(trial.evidence(model));
            }
        }
        metrics.took(System.nanoTime() - begin);
        if (!news.isEmpty()) {
            metrics.found(news);
            listener.accept(news);
            tribunal.submit(news);
        }
    }

    /** Says when the registry cannot be spoken to, once. */
    private void trying(String what, Runnable request) {
        try {
            request.run();
            away.remove(what);
        } catch (RuntimeException e) {
            if (away.add(what)) {
                LOG.atWarn()
                        .addKeyValue("while", what)
                        .addKeyValue("why", whyOf(e))
                        .log("judge waits for the registry");
            }
        }
    }

    private static String whyOf(RuntimeException e) {
        return e.getCause() == null ? e.toString() : e.getMessage() + ": " + e.getCause();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(ENDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        metrics.close();
    }
}
