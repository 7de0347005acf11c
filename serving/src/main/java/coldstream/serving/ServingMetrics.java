package coldstream.serving;

import coldstream.domain.SnapshotManifest;
import coldstream.serving.http.Admission;
import coldstream.wire.EpochMarker.Arrival;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What serving counts: requests = ok + refused + busy + unavailable + failed; alert when one of the last three rises. */
final class ServingMetrics {

    private final MeterRegistry meters;
    private final Clock clock;
    private final Counter degraded;
    private final Timer servable;
    private final Counter swapped;
    private final Counter failed;

    /** Counters start at 0, so that a first failure is a rise. */
    ServingMetrics(MeterRegistry meters, Clock clock) {
        this.meters = meters;
        this.clock = clock;
        degraded = Counter.builder("coldstream.serving.degraded")
                .description("Answers made without the user's state because Redis could not be asked in time")
                .register(meters);
        servable = Timer.builder("coldstream.event.to.servable")
                .description("From an event's arrival until what learnt from it answers")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(100))
                .maximumExpectedValue(Duration.ofHours(1))
                .register(meters);
        swapped = swaps("swapped");
        failed = swaps("failed");
    }

    private Counter swaps(String outcome) {
        return Counter.builder("coldstream.serving.swaps")
                .description("New champions by whether they came to answer")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Notes a request by what came of it. */
    void request(String route, int status, Duration took) {
        Timer.builder("coldstream.serving.requests")
                .description("Requests for recommendations and inferences")
                .tag("route", route)
                .tag("outcome", outcome(status))
                .publishPercentileHistogram()
                .register(meters)
                .record(took);
    }

    /** An answer was made without the user's state. */
    void degraded() {
        degraded.increment();
    }

    /** A new champion answers, or could not be made to. */
    void swap(boolean done) {
        (done ? swapped : failed).increment();
    }

    /** How long the oldest event a version learnt from took to shape an answer: the slowest of that version's events. */
    void servable(SnapshotManifest manifest) {
        manifest.oldestIngestTime().ifPresent(oldest -> servable.record(Duration.between(oldest, clock.instant())));
    }

    /** How long events took to shape an answer, each of them. */
    void servable(List<Arrival> arrivals, Instant now) {
        for (Arrival arrival : arrivals) {
            long millis = Math.max(0, now.toEpochMilli() - arrival.millis());
            for (long event = 0; event < arrival.events(); event++) {
                servable.record(millis, TimeUnit.MILLISECONDS);
            }
        }
    }

    /** Watches how many requests run and how many wait. */
    void watch(Admission admission) {
        Gauge.builder("coldstream.serving.running", admission, Admission::running)
                .description("Requests that are being answered")
                .register(meters);
        Gauge.builder("coldstream.serving.waiting", admission, Admission::waiting)
                .description("Requests that wait for their turn")
                .register(meters);
    }

    /** Watches which share of the users the canary answers. */
    void watchCanary(Supplier<Number> share) {
        Gauge.builder("coldstream.serving.canary.share", share)
                .description("Share of the users that the canary answers; 0 without one")
                .register(meters);
    }

    void watch(Supplier<Optional<LoadedVersion>> current) {
        Gauge.builder("coldstream.snapshot.version", () -> current.get()
                        .map(version -> Double.parseDouble(version.version()))
                        .orElse(Double.NaN))
                .description("Version that answers")
                .register(meters);
        Gauge.builder("coldstream.serving.epoch", () -> current.get()
                        .map(version -> (double) version.reached().epoch())
                        .orElse(Double.NaN))
                .description("Steps of training in what answers")
                .register(meters);
        Gauge.builder("coldstream.serving.snapshot.age", () -> current.get()
                        .map(version -> Duration.between(version.manifest().createdAt(), clock.instant())
                                        .toMillis()
                                / 1000.0)
                        .orElse(Double.NaN))
                .description("Age of the version that answers")
                .baseUnit("seconds")
                .register(meters);
    }

    private static String outcome(int status) {
        if (status < 400) {
            return "ok";
        }
        if (status == 429) {
            return "busy";
        }
        if (status == 503) {
            return "unavailable";
        }
        return status < 500 ? "refused" : "failed";
    }
}
