package coldstream.registry.mlflow;

import coldstream.registry.artifacts.SnapshotIntake.Result;
import coldstream.service.ProblemException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;

/** What the registry counts: uploads = created + repeated + refused + failed; the events Kafka is owed should be few. */
public final class RegistryMetrics {

    private final MeterRegistry meters;

    public RegistryMetrics(MeterRegistry meters) {
        this.meters = meters;
        damagedReads();
        List.of("created", "repeated", "refused", "failed").forEach(this::uploads); // from 0, so that a first is a rise
    }

    /** Counts a request for a version by what came of it. */
    public Result upload(Supplier<Result> request) {
        String outcome = "failed";
        try {
            Result result = request.get();
            outcome = result.created() ? "created" : "repeated";
            return result;
        } catch (ProblemException e) {
            outcome = "refused";
            throw e;
        } finally {
            uploads(outcome).increment();
        }
    }

    private Counter uploads(String outcome) {
        return Counter.builder("coldstream.registry.uploads")
                .description("Requests for a version")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Counts a file that was asked for and is not what was written. */
    public void damaged() {
        damagedReads().increment();
    }

    private Counter damagedReads() {
        return Counter.builder("coldstream.registry.damaged.reads")
                .description("Reads of a file that is not what was written")
                .register(meters);
    }

    public void watch(Supplier<Number> unsentEvents, Supplier<Number> storedBytes, Supplier<Number> unsentWebhooks) {
        Gauge.builder("coldstream.registry.unsent.events", unsentEvents)
                .description("Events that Kafka has not acknowledged")
                .register(meters);
        Gauge.builder("coldstream.registry.unsent.webhooks", unsentWebhooks)
                .description("Messages that webhooks have not taken")
                .register(meters);
        Gauge.builder("coldstream.registry.stored", storedBytes)
                .description("Size of the snapshots kept")
                .baseUnit("bytes")
                .register(meters);
    }
}
