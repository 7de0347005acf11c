package coldstream.registry.promotion;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets what time decides be decided, every second. */
public final class PromotionClock implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PromotionClock.class);

    private final Promotion promotion;
    private final Runnable changed;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "registry-promotion");
        made.setDaemon(true);
        return made;
    });

    /** @param changed called after every second that may have made an event */
    public PromotionClock(Promotion promotion, Runnable changed) {
        this.promotion = promotion;
        this.changed = changed;
    }

    public void start() {
        var unused = thread.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            promotion.tick();
            changed.run();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("nothing decided this second");
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
