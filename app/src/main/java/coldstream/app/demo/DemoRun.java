package coldstream.app.demo;

import coldstream.app.Panel;
import coldstream.app.Replay;
import coldstream.app.dataset.DataSet;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.domain.UserStateStore;
import coldstream.ingest.topology.Account;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisUserStateStore;
import coldstream.service.SharedSettings;
import coldstream.wire.RegistryClient;
import coldstream.wire.RegistryException;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The story of a demo, told on a system that has just been started. */
final class DemoRun {

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration STALL_LIMIT = Duration.ofMinutes(3);
    private static final Duration EPOCH_LIMIT = Duration.ofSeconds(10);
    private static final int PAUSE_MILLIS = 100;
    private static final int LIST_LENGTH = 10;

    /** Events under way between the producer and the trainer, and how often they are counted. */
    private static final int MOST_UNDER_WAY = 2_000;

    private static final int HOLD_BACK_EVERY = 256;

    private final DemoOptions options;
    private final DataSet data;
    private final DemoSystem system;
    private final MeterRegistry meters;
    private final Panel panel;
    private final long events;
    private final HttpJson http = new HttpJson();

    DemoRun(DemoOptions options, DataSet data, DemoSystem system, MeterRegistry meters, Panel panel) {
        this.options = options;
        this.data = data;
        this.system = system;
        this.meters = meters;
        this.panel = panel;
        this.events = Math.min(options.limit(), data.summary().events());
    }

    /**
     * Replays everything and waits until it is trained and served.
     *
     * @param startedNanos when the command began
     */
    Report run(long startedNanos) throws InterruptedException {
        awaitReady();
        RegistryClient registry = new RegistryClient(
                system.settings().get(SharedSettings.REGISTRY_URL),
                system.settings().get(SharedSettings.REGISTRY_TOKEN).map(secret -> secret.reveal()));
        try (TopicCounts counts =
                        TopicCounts.start(system.topics(), system.settings().kafkaClient());
                Pulse pulse = new Pulse(system, counts, () -> champion(registry), panel, events);
                Replay replay = new Replay(system.topics(), system.settings().kafkaClient())) {
            pulse.start();
            teachItems(replay, counts, pulse);
            long firstEvent = System.nanoTime();
            Introduction introduction = replayEvents(replay, counts, pulse, registry);
            double eventSeconds = seconds(firstEvent);
            String served = awaitServed(pulse, registry);
            pulse.look();
            pulse.close();
            introduction.tell(panel);
            return new ReportWriter(data, system, counts, new Counters(meters))
                    .report(pulse, served, eventSeconds, seconds(startedNanos));
        }
    }

    private void awaitReady() throws InterruptedException {
        List<String> needed = List.of("model-registry", "ingest", "scorer-worker", "online-trainer");
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        Optional<String> missing = system.notReady(needed);
        while (missing.isPresent()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        missing.get() + " must be ready within " + START_LIMIT.toSeconds() + " s, and is not");
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            missing = system.notReady(needed);
        }
        panel.say("all parts are up");
    }

    /** Sends the catalogue and waits until the language model has read it and the trainer knows what it saw. */
    private void teachItems(Replay replay, TopicCounts counts, Pulse pulse) throws InterruptedException {
        long sent = replay.items(data);
        long readable;
        try (Stream<Item> items = data.items()) {
            readable = items.filter(item -> !item.text().isEmpty()).count();
        }
        panel.say(text("%,d items sent; the language model reads the %,d that have a text", sent, readable));
        long began = System.nanoTime();
        await("the language model to read the items", pulse, () -> counts.itemsWithVector() >= readable);
        await("the trainer to take the items in", pulse, () -> pulse.trainer()
                .filter(view -> view.applied(system.topics().itemVectors()) > 0
                        && view.lag(system.topics().itemVectors()) == 0
                        && view.lag(system.topics().items()) == 0)
                .isPresent());
        panel.say(text("%,d items read in %.0f s", readable, seconds(began)));
    }

    private Introduction replayEvents(Replay replay, TopicCounts counts, Pulse pulse, RegistryClient registry)
            throws InterruptedException {
        Optional<Newcomer> newcomer = Newcomer.find(data, events);
        long before = newcomer.map(Newcomer::before).orElse(events);
        long upTo = newcomer.map(Newcomer::upTo).orElse(events);
        Introduction introduction = Introduction.NONE;
        try (Stream<Interaction> rows = data.interactions()) {
            Iterator<Interaction> each = rows.iterator();
            send(replay, each, 0, before, counts, pulse);
            if (newcomer.isPresent()) {
                awaitServed(pulse, registry);
                ServingView strangers = recommend(newcomer.get(), pulse);
                send(replay, each, before, upTo, counts, pulse);
                List<Item> taken = awaitKnown(newcomer.get(), pulse);
                introduction =
                        new Introduction(newcomer.get().user(), strangers, taken, recommend(newcomer.get(), pulse));
            }
            send(replay, each, upTo, events, counts, pulse);
        }
        return introduction;
    }

    /** Sends events number {@code from} to {@code to} and waits until every one is accounted for and trained. */
    private void send(Replay replay, Iterator<Interaction> rows, long from, long to, TopicCounts counts, Pulse pulse)
            throws InterruptedException {
        replay.events(rows, options.labels(), to - from, options.rate().perSecond(), count -> {
            pulse.sent(from + count);
            if (count % HOLD_BACK_EVERY == 0) {
                holdBack(from + count, counts, pulse);
            }
        });
        await(
                "every event to be accounted for and every sample to be trained or skipped",
                pulse,
                () -> accounted(pulse.account(), to)
                        && counts.samples() >= pulse.account().samples()
                        && pulse.samplesRead() == counts.samples());
    }

    /**
     * Waits while too much is under way: a producer faster than the trainer would only fill Kafka, and the latencies would
     * tell the length of that queue.
     */
    private void holdBack(long sent, TopicCounts counts, Pulse pulse) throws InterruptedException {
        await("ingest and the trainer to follow", pulse, () -> {
            Account account = pulse.account();
            long undecided = sent - account.accepted() - account.rejected() - account.duplicates();
            return Math.max(undecided, counts.samples() - pulse.samplesRead()) < MOST_UNDER_WAY;
        });
    }

    /** Whether ingest has decided every one of {@code sent} events, those sent on under another key once. */
    private static boolean accounted(Account account, long sent) {
        return account.settled() && account.accepted() + account.rejected() + account.duplicates() >= sent;
    }

    private ServingView recommend(Newcomer newcomer, Pulse pulse) throws InterruptedException {
        await("serving to answer", pulse, () -> ServingView.ask(
                        http, system.ports().serving(), newcomer.user(), 1)
                .isPresent());
        return ServingView.ask(http, system.ports().serving(), newcomer.user(), LIST_LENGTH)
                .orElseThrow();
    }

    /** Waits until serving knows the newcomer's first events; the items they took. */
    private List<Item> awaitKnown(Newcomer newcomer, Pulse pulse) throws InterruptedException {
        try (RedisConnection redis = RedisConnection.to(system.settings().get(SharedSettings.REDIS_URL), PATIENCE)) {
            UserStateStore states = new RedisUserStateStore(redis, RedisBounds.DEFAULTS);
            await(
                    "serving to know the newcomer",
                    pulse,
                    () -> states.find(newcomer.user()).map(UserState::count).orElse(0L) >= Newcomer.FIRST_EVENTS);
            List<ItemId> history =
                    states.find(newcomer.user()).orElse(UserState.EMPTY).history();
            try (Stream<Item> items = data.items()) {
                return items.filter(item -> history.contains(item.item()))
                        .sorted(Comparator.comparingInt(item -> history.indexOf(item.item())))
                        .toList();
            }
        }
    }

    /** Waits for the snapshot of everything trained, and until serving answers with the champion; its version. */
    private String awaitServed(Pulse pulse, RegistryClient registry) throws InterruptedException {
        long trained = pulse.samplesTrained();
        await(
                "the last snapshot to reach the registry",
                pulse,
                () -> pulse.trainer().map(TrainerView::snapshots).orElse(List.of()).stream()
                        .anyMatch(snapshot -> snapshot.path("samples").asLong() >= trained
                                && !snapshot.path("version").asText("").isEmpty()));
        await("serving to follow the champion", pulse, () -> {
            Optional<ServingView> answer = ServingView.ask(http, system.ports().serving(), new UserId("nobody"), 1);
            return answer.isPresent() && answer.map(ServingView::version).equals(champion(registry));
        });
        awaitEpoch(trained);
        return champion(registry).orElse("");
    }

    /** Waits until what answers has learnt from everything trained; not for long, since the registry may not let it. */
    private void awaitEpoch(long trained) throws InterruptedException {
        long deadline = System.nanoTime() + EPOCH_LIMIT.toNanos();
        while (system.servedSamples() < trained && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        }
    }

    private Optional<String> champion(RegistryClient registry) {
        try {
            return registry.alias(system.settings().get(SharedSettings.MODEL_NAME), "champion");
        } catch (RegistryException e) {
            return Optional.empty();
        }
    }

    /** Waits as long as anything moves. */
    private void await(String what, Pulse pulse, Callable<Boolean> condition) throws InterruptedException {
        long movement = pulse.movement();
        long moved = System.nanoTime();
        while (!holds(condition)) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            pulse.look();
            Optional<String> failure = pulse.trainer().flatMap(TrainerView::failure);
            if (failure.isPresent()) {
                throw new IllegalStateException("the trainer stopped: " + failure.get());
            }
            if (pulse.movement() != movement) {
                movement = pulse.movement();
                moved = System.nanoTime();
            } else if (System.nanoTime() - moved > STALL_LIMIT.toNanos()) {
                throw new IllegalStateException(
                        "nothing has moved for " + STALL_LIMIT.toMinutes() + " minutes while waiting for " + what);
            }
        }
    }

    private static boolean holds(Callable<Boolean> condition) throws InterruptedException {
        try {
            return condition.call();
        } catch (InterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
