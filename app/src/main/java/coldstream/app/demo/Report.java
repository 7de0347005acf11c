package coldstream.app.demo;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a demo came to.
 *
 * @param samplesTrained samples the trainer learnt from
 * @param samplesSkipped samples the trainer read and did not learn from: read = trained + skipped
 * @param pairsTrained pairs ordered by the language model that it learnt from
 * @param prequential quality of the predictions made before learning, by stratum, since the warm-up
 * @param champion version that serving answers with
 * @param durationSeconds from the command to this report
 */
record Report(
        Data data,
        Events events,
        long samplesTrained,
        long samplesSkipped,
        long pairsTrained,
        Scoring scoring,
        Map<String, Quality> prequential,
        Gate gate,
        List<Snapshot> snapshots,
        String champion,
        Latency latencySeconds,
        Throughput throughput,
        String backbone,
        String guidance,
        long seed,
        String device,
        double durationSeconds) {

    record Data(String name, long events, long users, long items) {}

    /** Every event is in one of the last three: read = accepted + rejected + duplicates. */
    record Events(long read, long accepted, long rejected, long duplicates) {}

    /**
     * @param cost money the language model took, by the prices that are set
     * @param costPerThousandEvents of the events that were read; null before the first
     */
    record Scoring(
            long requests,
            long llmCalls,
            long scoresStored,
            long failures,
            String scorer,
            long promptTokens,
            long completionTokens,
            double cost,
            @Nullable Double costPerThousandEvents,
            long dropped) {}

    /** Null where there is no evidence. */
    record Quality(
            @Nullable Double auc,
            @Nullable Double aucLow,
            @Nullable Double aucHigh,
            @Nullable Double logloss,
            long n) {}

    record Gate(String mode, List<Double> w, double b, Map<String, Double> alpha) {}

    record Snapshot(String version, long samples, @Nullable Double auc, Map<String, Long> offsets) {}

    record Latency(Percentiles eventToTrained, Percentiles eventToServable) {}

    record Percentiles(@Nullable Double p50, @Nullable Double p99) {}

    record Throughput(double eventsPerSecond, double samplesPerSecond) {}
}
