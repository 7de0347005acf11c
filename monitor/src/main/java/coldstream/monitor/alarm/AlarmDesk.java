package coldstream.monitor.alarm;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Action;
import coldstream.monitor.action.Responses;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what a watch found and sees to the rest, on a thread of its own: opens and closes alerts, has them acted on, and tells
 * everybody, the newest of each at least once, however long Kafka is away. It begins with what was told before, so that nothing
 * found again is told again. Whoever tells it something never waits.
 */
public final class AlarmDesk implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AlarmDesk.class);
    private static final int WAITING = 1_000;
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration END = Duration.ofSeconds(2);

    /** Alerts of others, in the same log, are left alone. */
    public record Owner(String model, String source) {

        private boolean owns(DriftAlert alert) {
            return alert.model().equals(model) && alert.source().equals(source);
        }
    }

    private final Owner owner;
    private final AlertLog log;
    private final Responses responses;
    private final AlarmMetrics metrics;
    private final InstantSource clock;
    private final AlertBook book = new AlertBook();
    private final BlockingQueue<Runnable> found = new ArrayBlockingQueue<>(WAITING);
    private final BlockingQueue<Runnable> done = new LinkedBlockingQueue<>();
    private final Map<String, DriftAlert> unpublished = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::run, "drift-alarms");
    private long failedAt;
    private boolean failing;
    private volatile List<DriftAlert> alerts = List.of();
    private volatile boolean closing;

    /**
     * A desk that begins with {@link #start}.
     *
     * @param owner whose alerts are seen to here
     */
    public AlarmDesk(Owner owner, AlertLog log, Responses responses, MeterRegistry meters, InstantSource clock) {
        this.owner = owner;
        this.log = log;
        this.responses = responses;
        this.metrics = new AlarmMetrics(meters);
        this.clock = clock;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** A signal is away. Any thread. */
    public void opened(DriftAlert alert) {
        offer(() -> open(alert));
    }

    /**
     * A signal is back. Any thread.
     *
     * @param key see {@link DriftAlert#key()}
     * @param why one sentence
     */
    public void closed(String key, String why) {
        offer(() -> shut(key, why));
    }

    /** Closes what is open of other signals: nobody watches for their return. Any thread. */
    public void keepOpen(Set<String> keys) {
        offer(() -> book.open().stream()
                .map(DriftAlert::key)
                .filter(key -> !keys.contains(key))
                .forEach(key -> shut(key, "its watch began anew, and would open it again")));
    }

    /** Open alerts, then closed ones, newest first. Any thread. */
    public List<DriftAlert> alerts() {
        return alerts;
    }

    private void offer(Runnable event) {
        if (!found.offer(event)) {
            metrics.dropped();
        }
    }

    private void run() {
        try {
            List<DriftAlert> before = readUntilItAnswers();
            book.adopt(before);
            responses.begin(book.all(), (alert, action) -> done.add(() -> note(alert, action)));
            publish();
            while (!closing || !found.isEmpty()) {
                Runnable event = found.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
                if (event != null) {
                    event.run();
                }
                look();
            }
            look();
        } catch (InterruptedException e) {
            LOG.atDebug().log("alarms stopped");
        } catch (RuntimeException e) {
            LOG.atError().setCause(e).log("alarms stopped");
        }
    }

    private void look() {
        responses.look();
        for (Runnable event = done.poll(); event != null; event = done.poll()) {
            event.run();
        }
        publish();
    }

    private List<DriftAlert> readUntilItAnswers() throws InterruptedException {
        while (true) {
            try {
                return log.read().stream().filter(owner::owns).toList();
            } catch (RuntimeException e) {
                LOG.atWarn().addKeyValue("why", e.toString()).log("alerts told before cannot be read yet");
                if (closing) {
                    throw new InterruptedException();
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
        }
    }

    private void open(DriftAlert alert) {
        book.open(alert).ifPresent(opened -> {
            LOG.atInfo()
                    .addKeyValue("alert", opened.alertId())
                    .addKeyValue("message", opened.message())
                    .log("drift alarm opened");
            metrics.opened(opened);
            tell(opened);
            responses.opened(opened).forEach(action -> note(opened.alertId(), action));
        });
    }

    private void shut(String key, String why) {
        book.close(key, why, clock.instant()).ifPresent(closed -> {
            LOG.atInfo().addKeyValue("alert", closed.alertId()).log("drift alarm closed");
            metrics.closed(closed);
            tell(closed);
            responses.closed(closed).forEach(action -> note(closed.alertId(), action));
        });
    }

    private void note(String alertId, Action action) {
        Optional<DriftAlert> noted = book.note(alertId, action, clock.instant());
        metrics.acted(action);
        noted.ifPresent(this::tell);
    }

    private void tell(DriftAlert alert) {
        unpublished.put(alert.alertId(), alert);
    }

    private void publish() {
        alerts = book.all();
        boolean waits = failing && System.nanoTime() - failedAt < PAUSE.toNanos() && !closing;
        if (!waits) {
            for (DriftAlert alert : List.copyOf(unpublished.values())) {
                if (!published(alert)) {
                    break;
                }
            }
        }
        metrics.standing(book.open(), unpublished.size());
    }

    private boolean published(DriftAlert alert) {
        try {
            log.append(alert);
            unpublished.remove(alert.alertId());
            failing = false;
            return true;
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("alert", alert.alertId())
                    .addKeyValue("why", e.toString())
                    .log("an alert waits for Kafka");
            failing = true;
            failedAt = System.nanoTime();
            return false;
        }
    }

    /** Tells what was found so far, if that can be done at once. */
    @Override
    public void close() {
        closing = true;
        join(thread);
        responses.close();
        log.close();
        metrics.close();
    }

    private static void join(Thread thread) {
        if (thread.getState() == Thread.State.NEW) {
            return;
        }
        try {
            thread.join(END.toMillis());
            if (thread.isAlive()) {
                thread.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
