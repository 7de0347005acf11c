package coldstream.scorer;

import coldstream.domain.ScoringClaims;
import coldstream.scorer.budget.GateTrust;
import coldstream.scorer.budget.GateWatch;
import coldstream.scorer.budget.Governor;
import coldstream.scorer.budget.Governor.Limit;
import coldstream.scorer.budget.LocalSpendLedger;
import coldstream.scorer.budget.Worth;
import coldstream.scorer.guard.EndpointGuard;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisScoringClaims;
import coldstream.scorestore.RedisSpendLedger;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The loops that answer requests. A scorer that waits for nobody has one, which decides in its own thread. One that waits for
 * an endpoint has lanes that hold requests, and an asking loop that spends the budget on them.
 */
final class Answering {

    /** Most members of the share group a worker has. */
    private static final int MAX_LANES = 8;

    /** Requests held for each that is being asked, so that the best of several is chosen and no place stays empty. */
    private static final int HELD_PER_QUESTION = 3;

    private static final int REQUESTS_A_POLL = 500;

    /** A dead worker's claim keeps its users waiting so long. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    private static final Duration CLAIMS_TICK = Duration.ofSeconds(1);

    private Answering() {}

    /** What every way of answering needs. */
    record Parts(
            KafkaClients clients,
            String topic,
            RequestDesk desk,
            Outlet outlet,
            ScorerMetrics metrics,
            QueueConfig config,
            BooleanSupplier mayBegin) {}

    /** @param guarded whether the scorer asks the guard itself, because it has something to fall back on */
    record Endpoint(EndpointGuard guard, boolean guarded) {}

    /** What all workers together may spend, on whatever. */
    static Governor governor(QueueConfig config, RedisConnection redis) {
        Clock clock = Clock.systemUTC();
        return new Governor(new RedisSpendLedger(redis, clock), new LocalSpendLedger(clock), config.budget());
    }

    /** For a scorer that waits for nobody. */
    static List<Loop> atOnce(Parts parts) {
        return List.of(new RequestLoop(
                () -> parts.clients.shareConsumer(REQUESTS_A_POLL, false),
                parts.topic,
                parts.desk,
                parts.config.deliveries(),
                parts.outlet,
                parts.mayBegin));
    }

    /**
     * For a scorer that waits for an endpoint.
     *
     * @param concurrency questions at once
     */
    static List<Loop> waiting(
            Parts parts,
            int concurrency,
            ShelfKeeper shelves,
            RedisConnection redis,
            Governor governor,
            Endpoint endpoint,
            MeterRegistry meters) {
        QueueConfig config = parts.config;
        Clock clock = Clock.systemUTC();
        EndpointGuard guard = endpoint.guarded ? new EndpointGuard(config.guard(), clock) : endpoint.guard;
        WaitingRoom room = new WaitingRoom();
        Asking asking = new Asking(
                room,
                parts.desk,
                guard,
                governor,
                parts.metrics,
                concurrency,
                config.questionLimit(),
                config.budget().patience());
        ScoringClaims claims = new RedisScoringClaims(
                redis,
                new ScoringClaims.Times(LEASE, config.debounce(), config.lock().multipliedBy(20)));
        List<Loop> loops = new ArrayList<>();
        GateTrust trust = config.trainer()
                .<GateTrust>map(url -> {
                    GateWatch watch = new GateWatch(url);
                    loops.add(new GateLook(watch));
                    return watch;
                })
                .orElse(GateTrust.EVEN);
        Worth worth = new Worth(shelves::popularity, trust);

        int lanes = Math.min(MAX_LANES, concurrency + 1);
        int requests = (HELD_PER_QUESTION * concurrency + lanes - 1) / lanes;
        loops.add(asking);
        for (int lane = 0; lane < lanes; lane++) {
            loops.add(new RequestLane(
                    lane,
                    () -> parts.clients.shareConsumer(requests, true),
                    parts.topic,
                    () -> new HeldRequests(
                            parts.desk,
                            room,
                            claims,
                            worth,
                            parts.outlet,
                            parts.metrics,
                            config.deliveries(),
                            CLAIMS_TICK),
                    parts.mayBegin));
        }
        gauges(meters, room, asking);
        return loops;
    }

    /** Asks the trainer now and then. */
    private static final class GateLook extends Loop {

        private static final Duration EVERY = Duration.ofMinutes(1);

        private final GateWatch watch;

        GateLook(GateWatch watch) {
            super("gate-watch");
            this.watch = watch;
        }

        @Override
        void run() throws InterruptedException {
            while (!stopping()) {
                watch.look();
                pause(EVERY);
            }
        }
    }

    private static void gauges(MeterRegistry meters, WaitingRoom room, Asking asking) {
        Gauge.builder("coldstream.llm.waiting", room, WaitingRoom::size)
                .description("Requests this worker holds that wait for their turn")
                .register(meters);
        Gauge.builder("coldstream.llm.in.flight", asking, Asking::inFlight)
                .description("Questions the language model is being asked by this worker")
                .register(meters);
    }

    /** What alarms look at; there, and quiet, also where nothing is spent and no endpoint is asked. */
    static void watched(MeterRegistry meters, EndpointGuard guard, Governor governor) {
        for (String state : List.of("closed", "half_open", "open")) {
            Gauge.builder("coldstream.llm.circuit", guard, one -> one.state().equals(state) ? 1 : 0)
                    .description("1 for the state of the circuit to the language model, 0 for the others")
                    .tag("state", state)
                    .register(meters);
        }
        for (Limit limit : Limit.values()) {
            Gauge.builder("coldstream.llm.budget.left", governor, one -> one.left(limit))
                    .description("Share of a limit that is left to all workers, as this one saw it last")
                    .tag("limit", limit.tag())
                    .register(meters);
        }
    }
}
