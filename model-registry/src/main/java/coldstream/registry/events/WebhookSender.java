package coldstream.registry.events;

import coldstream.registry.store.Store;
import coldstream.registry.store.WebhookTable;
import coldstream.registry.store.WebhookTable.Delivery;
import coldstream.registry.store.WebhookTable.Row;
import coldstream.registry.store.WebhookTable.Status;
import coldstream.service.webhook.RetryPause;
import coldstream.service.webhook.WebhookCall;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings webhooks what the database says they are owed: to each in order, at least once, again with a pause that doubles up
 * to a minute while that may help.
 *
 * <p>A message ends in one of three ways, and is counted: sent; refused, by an answer that will not change; expired.
 */
public final class WebhookSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookSender.class);
    private static final int AT_ONCE = 4;
    private static final long LOOK_MILLIS = 500;

    private final Store store;
    private final SealedCall call;
    private final Duration ttl;
    private final MeterRegistry meters;
    private final Clock clock;
    private final Semaphore work = new Semaphore(1);
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE, WebhookSender::thread);
    private final Thread thread = thread(this::run);
    private volatile boolean closed;

    public WebhookSender(Store store, SealedCall call, Duration ttl, MeterRegistry meters, Clock clock) {
        this.store = store;
        this.call = call;
        this.ttl = ttl;
        this.meters = meters;
        this.clock = clock;
        List.of("sent", "refused", "expired", "retried").forEach(this::count);
    }

    public void start() {
        thread.start();
    }

    /** There may be something to send. */
    public void wake() {
        work.release();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        callers.shutdownNow();
        call.close();
    }

    private void run() {
        while (!closed) {
            try {
                boolean signalled = work.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                if (signalled) {
                    work.drainPermits();
                }
                store.read(handle -> WebhookTable.due(handle, clock.millis())).forEach(this::submit);
            } catch (InterruptedException e) {
                return; // only close interrupts
            } catch (JdbiException e) {
                LOG.atWarn().addKeyValue("why", String.valueOf(e.getMessage())).log("webhooks could not be read");
            }
        }
    }

    private void submit(Delivery delivery) {
        if (closed || !busy.add(delivery.webhook())) {
            return;
        }
        callers.execute(() -> {
            try {
                deliver(delivery);
            } catch (JdbiException e) {
                LOG.atWarn().addKeyValue("why", String.valueOf(e.getMessage())).log("a delivery could not be noted");
            } finally {
                busy.remove(delivery.webhook());
                wake();
            }
        });
    }

    private void deliver(Delivery delivery) {
        Optional<Row> webhook = store.read(handle -> WebhookTable.find(handle, delivery.webhook()));
        if (webhook.isEmpty() || webhook.get().status() != Status.ACTIVE) {
            end(delivery, "refused", "the webhook is not active");
            return;
        }
        WebhookCall.Answer answer = call.send(webhook.get(), delivery.deliveryId(), delivery.body());
        if (answer.taken()) {
            end(delivery, "sent", "");
        } else if (!answer.mayPass()) {
            end(delivery, "refused", "HTTP " + answer.status());
        } else if (clock.millis() - delivery.createdAt() > ttl.toMillis()) {
            end(delivery, "expired", answer.body());
        } else {
            count("retried").increment();
            long nextAt = clock.millis()
                    + RetryPause.of(delivery.attempts(), answer.retryAfter()).toMillis();
            store.change(handle -> WebhookTable.later(handle, delivery.id(), nextAt));
        }
    }

    private void end(Delivery delivery, String outcome, String why) {
        store.change(handle -> WebhookTable.done(handle, delivery.id()));
        count(outcome).increment();
        if (!outcome.equals("sent")) {
            LOG.atWarn()
                    .addKeyValue("webhook", delivery.webhook())
                    .addKeyValue("delivery", delivery.deliveryId())
                    .addKeyValue("outcome", outcome)
                    .addKeyValue("why", why)
                    .log("a webhook was not told");
        }
    }

    private Counter count(String outcome) {
        return Counter.builder("coldstream.registry.webhooks")
                .description("Messages to webhooks by what came of them; retried ones go on")
                .tag("outcome", outcome)
                .register(meters);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "registry-webhooks");
        thread.setDaemon(true);
        return thread;
    }
}
