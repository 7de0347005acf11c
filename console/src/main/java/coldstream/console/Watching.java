package coldstream.console;

import coldstream.console.deadletter.LetterDesk;
import coldstream.console.deadletter.LetterIndex;
import coldstream.console.deploy.RegistryWatch;
import coldstream.console.observe.Answer;
import coldstream.console.observe.Health;
import coldstream.console.observe.Observatory;
import coldstream.console.observe.Observatory.News;
import coldstream.console.observe.Quality;
import coldstream.console.stream.EventStream;
import coldstream.console.topics.Alarms;
import coldstream.monitor.Alarm;
import coldstream.monitor.AlarmListener;
import coldstream.monitor.Place;
import coldstream.scorestore.RedisConnection;
import coldstream.wire.PromotionView;
import coldstream.wire.RegistryException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the services, the registry and Redis again and again, and sends what is new to everybody who looks. */
final class Watching implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watching.class);
    private static final int OPEN_SHOWN = 20;

    private final Observatory observatory;
    private final RegistryWatch registry;
    private final Alarms alarms;
    private final LetterDesk letters;
    private final LetterIndex index;
    private final AlarmListener alarmed;
    private final RedisConnection redis;
    private final EventStream stream;
    private final InstantSource clock;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(3, task -> {
        Thread thread = new Thread(task, "console-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicBoolean asked = new AtomicBoolean();
    private String counted = "";

    Watching(
            Observatory observatory,
            RegistryWatch registry,
            Alarms alarms,
            LetterDesk letters,
            LetterIndex index,
            AlarmListener alarmed,
            RedisConnection redis,
            EventStream stream,
            InstantSource clock) {
        this.observatory = observatory;
        this.registry = registry;
        this.alarms = alarms;
        this.letters = letters;
        this.index = index;
        this.alarmed = alarmed;
        this.redis = redis;
        this.stream = stream;
        this.clock = clock;
    }

    void start(Duration poll) {
        for (Runnable round : List.<Runnable>of(this::services, this::stores)) {
            var unused = threads.scheduleWithFixedDelay(round, 0, poll.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Asks the registry out of turn, since something was done to it. */
    void registryChanged() {
        if (!threads.isShutdown() && asked.compareAndSet(false, true)) { // however much was done, once
            threads.execute(() -> {
                asked.set(false);
                stores();
            });
        }
    }

    private void services() {
        guarded(() -> {
            Map<String, Answer> answers = observatory.ask();
            News news = observatory.take(answers, index.total(), registry.promotion(), clock.instant());
            news.alarms().forEach(this::alarm);
            news.quality().ifPresent(one -> stream.publish("quality", one));
            news.gate().ifPresent(one -> stream.publish("gate", one));
            stream.publish("signals", news.signals());
            stream.publish("health", health());
            letters();
        });
    }

    private void alarm(Alarm alarm) {
        Optional<String> newest = registry.versions().stream().findFirst().map(one -> one.version()
                .version());
        alarmed.changed(alarm, Place.of(registry.model(), 0, newest, Map.of(), Map.of()));
    }

    private void letters() {
        LetterDesk.Listing now = letters.counts();
        String seen = now.topics().toString();
        if (!seen.equals(counted)) {
            counted = seen;
            stream.publish("dead-letters", now);
        }
    }

    private synchronized void stores() {
        guarded(() -> {
            try {
                registry.refresh();
                observatory.well(
                        "registry",
                        registry.champion()
                                .map(version -> "version " + version + " is champion")
                                .orElse("no version is champion yet"),
                        clock.instant());
                observatory.versions(registry.versions()).ifPresent(this::versions);
            } catch (RegistryException e) {
                observatory.silent("registry", String.valueOf(e.getMessage()), clock.instant());
            }
            if (redis.answers()) {
                observatory.well("redis", "answers", clock.instant());
            } else {
                observatory.silent("redis", "it cannot be reached", clock.instant());
            }
        });
    }

    private void versions(Quality news) {
        stream.publish("quality", news);
    }

    /** How everything is now. */
    Health health() {
        return observatory.health(
                clock.instant(),
                alarms.counts(),
                alarms.open().stream().limit(OPEN_SHOWN).toList(),
                registry.champion(),
                registry.promotion().flatMap(PromotionView::freeze));
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** A round that fails is the last word of no other one. */
    private static void guarded(Work work) {
        try {
            work.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("a round of questions failed");
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
