package coldstream.app.demo;

import coldstream.app.OneLine;
import coldstream.app.Panel;
import coldstream.domain.StratumMetrics;
import coldstream.ingest.topology.Account;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the parts twice a second how far they are, and shows it. */
final class Pulse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final int EVERY_MILLIS = 500;

    /** Share of the newest interval in the shown speed. */
    private static final double FRESH = 0.2;

    private static final List<String> SHOWN_STRATA = List.of("overall", "cold", "tail", "row_tail", "new_item");

    private final DemoSystem system;
    private final TopicCounts counts;
    private final Supplier<Optional<String>> champion;
    private final Panel panel;
    private final long expectedEvents;
    private final HttpJson http = new HttpJson();
    private final AtomicLong sent = new AtomicLong();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "demo-pulse");
        thread.setDaemon(true);
        return thread;
    });
    private final Servable servable;
    private volatile @Nullable TrainerView trainer;
    private volatile Account account = Account.of(Map.of());
    private long lastTrained;
    private long lastNanos = System.nanoTime();
    private double speed;

    /** @param champion the version that serves, asked now and then */
    Pulse(
            DemoSystem system,
            TopicCounts counts,
            Supplier<Optional<String>> champion,
            Panel panel,
            long expectedEvents) {
        this.system = system;
        this.counts = counts;
        this.champion = champion;
        this.panel = panel;
        this.expectedEvents = expectedEvents;
        this.servable = new Servable(counts);
        system.onEpoch((version, reached, at) -> servable.answers(reached.offsets(), at));
    }

    void start() {
        var unused = ticker.scheduleWithFixedDelay(this::tick, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Tells how many events Kafka has taken from us. */
    void sent(long events) {
        sent.set(events);
    }

    /** The trainer's latest word. */
    Optional<TrainerView> trainer() {
        return Optional.ofNullable(trainer);
    }

    long samplesTrained() {
        return trainer().map(TrainerView::samplesTrained).orElse(0L);
    }

    /** Samples the trainer has trained or skipped. */
    long samplesRead() {
        return trainer()
                .map(view -> view.samplesTrained() + view.samplesSkipped())
                .orElse(0L);
    }

    /** Where ingest says every record went. */
    Account account() {
        return account;
    }

    /** From an event's arrival until a version that learnt from it answers. */
    Report.Percentiles eventToServable() {
        return servable.percentiles();
    }

    /** A number that grows as long as anything moves. */
    long movement() {
        return counts.samples()
                + counts.rejected()
                + counts.itemsWithVector()
                + counts.softScores()
                + samplesTrained()
                + sent.get();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        panel.clear();
    }

    /** Asks the parts now. */
    synchronized void look() throws InterruptedException {
        account = system.account();
        TrainerView.ask(http, system.ports().trainer()).ifPresent(view -> trainer = view);
    }

    private void tick() {
        try {
            look();
            panel.show(lines());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("why", OneLine.of(e)).log("progress could not be shown");
        }
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(text(
                "events   %,d of %,d sent, %,d accepted, %,d rejected, %,d duplicates",
                sent.get(), expectedEvents, account.accepted(), account.rejected(), account.duplicates()));
        lines.add(text("trained  %,d samples, %,.0f a second", samplesTrained(), speed()));
        lines.add("AUC      " + quality());
        lines.add(text(
                "teacher  %,d items read, %,d requests, %,d answered, %,d users scored",
                counts.itemsWithVector(), counts.scoreRequests(), counts.softScores(), counts.scoredUsers()));
        int snapshots = trainer().map(view -> view.snapshots().size()).orElse(0);
        lines.add(text(
                "model    %d snapshots, champion %s", snapshots, champion.get().orElse("none yet")));
        return lines;
    }

    private double speed() {
        long trained = samplesTrained();
        long now = System.nanoTime();
        double latest = (trained - lastTrained) * 1e9 / Math.max(1, now - lastNanos);
        speed += FRESH * (latest - speed);
        lastTrained = trained;
        lastNanos = now;
        return speed;
    }

    private String quality() {
        Map<String, StratumMetrics> strata =
                trainer().map(TrainerView::prequential).orElse(Map.of());
        StringBuilder line = new StringBuilder();
        for (String stratum : SHOWN_STRATA) {
            StratumMetrics metrics = strata.get(stratum);
            if (metrics != null && metrics.n() > 0 && !Double.isNaN(metrics.auc())) {
                line.append(text("%s %.3f  ", stratum, metrics.auc()));
            }
        }
        return line.isEmpty()
                ? "not yet (the first fifth of the stream is not scored)"
                : line.toString().strip();
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
