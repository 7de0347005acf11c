package coldstream.console.observe;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Writes the series to their file again and again, and once more at the end. */
public final class Keeping implements AutoCloseable {

    private final Observatory observatory;
    private final HistoryFile file;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread worker = new Thread(task, "console-history");
        worker.setDaemon(true);
        return worker;
    });
    private boolean kept;

    public Keeping(Observatory observatory, HistoryFile file, InstantSource clock) {
        this.observatory = observatory;
        this.file = file;
        this.clock = clock;
    }

    /**
     * Goes on with what was written before.
     *
     * @param every between two writes; nothing is read or written where it is zero
     */
    public void start(Duration every) {
        if (every.isZero()) {
            return;
        }
        file.read().ifPresent(observatory::recall);
        kept = true;
        var unused =
                thread.scheduleWithFixedDelay(this::write, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void write() {
        file.write(observatory.history(clock.instant()));
    }

    @Override
    public void close() {
        thread.shutdown(); // a write that has begun is ended
        if (kept) {
            kept = false;
            write();
        }
    }
}
