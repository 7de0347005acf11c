package coldstream.trainer.delta;

import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives epochs away behind the trainer's back, one at a time. While Kafka is slow or away the trainer takes no epoch, and what
 * changes meanwhile becomes part of the next: memory stays that of one epoch. Thread-safe.
 */
public final class DeltaPublisher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeltaPublisher.class);
    private static final Duration LAST_EPOCH = Duration.ofSeconds(2);

    private final DeltaLog log;
    private final Duration pause;
    private final DeltaMetrics metrics;
    private final long incarnation = new SecureRandom().nextLong();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread publishing = new Thread(task, "delta-publisher");
        publishing.setDaemon(true);
        return publishing;
    });

    /** @param pause after an epoch that could not be given away */
    public DeltaPublisher(DeltaLog log, Duration pause, MeterRegistry meters) {
        this.log = log;
        this.pause = pause;
        metrics = new DeltaMetrics(meters);
    }

    /** Whether nothing is being given away, so that the next epoch may be taken. */
    public boolean idle() {
        return !busy.get() && !thread.isShutdown();
    }

    /**
     * Gives an epoch away in the background.
     *
     * @param done told that it is safe
     * @param lost told that it may not be there: its changes belong to the next one
     */
    public void submit(Epoch epoch, Consumer<Epoch> done, Consumer<Epoch> lost) {
        busy.set(true);
        thread.execute(() -> {
            try {
                publish(epoch, done, lost);
            } finally {
                busy.set(false);
            }
        });
    }

    private void publish(Epoch epoch, Consumer<Epoch> done, Consumer<Epoch> lost) {
        long began = System.nanoTime();
        try {
            epoch.changes().requireSound();
            var size = new Object() {
                Epoch.Size of = new Epoch.Size(0, 0);
            };
            log.append(writer -> size.of = epoch.write(incarnation, writer));
            metrics.published(epoch.step(), size.of, System.nanoTime() - began);
            done.accept(epoch);
        } catch (RuntimeException e) {
            metrics.failed();
            LOG.atWarn()
                    .addKeyValue("epoch", epoch.step())
                    .addKeyValue("why", e.toString())
                    .log("epoch not given away, its changes go with the next");
            lost.accept(epoch);
            rest();
        }
    }

    private void rest() {
        try {
            TimeUnit.MILLISECONDS.sleep(pause.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(LAST_EPOCH.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        log.close();
        metrics.close();
    }
}
