package coldstream.trainer.watch;

import coldstream.monitor.Reference;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks now and then who is champion, on a thread of its own, and fetches what a new one learnt from. */
final class ChampionFollower implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChampionFollower.class);
    private static final Duration ENDS = Duration.ofSeconds(1);

    private final ChampionSource source;
    private final Duration poll;
    private final Told told;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "watch-champion");
    private @Nullable String known;
    private boolean away;

    /** Hears who is champion. */
    interface Told {

        /** @param reference empty where the version says nothing of what it learnt from */
        void champion(String version, Optional<Reference> reference);
    }

    ChampionFollower(ChampionSource source, Duration poll, Told told) {
        this.source = source;
        this.poll = poll;
        this.told = told;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            do {
                ask();
            } while (!closed.await(poll.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            LOG.atDebug().log("no longer asked who is champion"); // only close does
        }
    }

    /** Asks once. */
    void ask() {
        try {
            Optional<String> champion = source.champion();
            if (champion.isPresent() && !champion.get().equals(known)) {
                Optional<Reference> reference = source.reference(champion.get()).map(Reference::read);
                told.champion(champion.get(), reference);
                known = champion.get();
                LOG.atInfo()
                        .addKeyValue("version", known)
                        .addKeyValue(
                                "samples", reference.map(Reference::samples).orElse(0L))
                        .log(
                                reference.isPresent()
                                        ? "signals are compared with what the champion learnt from"
                                        : "champion does not say what it learnt from, signals are compared with their own past");
            }
            away = false;
        } catch (RuntimeException e) {
            if (!away) {
                LOG.atWarn().addKeyValue("why", e.toString()).log("champion not known, signals are compared as before");
            }
            away = true;
        }
    }

    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            thread.join(ENDS.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
