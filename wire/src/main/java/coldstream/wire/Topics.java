package coldstream.wire;

import static coldstream.domain.Check.check;

/**
 * The name of every topic in one namespace.
 *
 * @param namespace first part of every name, such as {@code coldstream}
 */
public record Topics(String namespace) {

    public static final String DEFAULT_NAMESPACE = "coldstream";

    public Topics {
        check(
                namespace.matches("[a-z0-9][a-z0-9-]{0,60}"),
                "namespace must match [a-z0-9][a-z0-9-]{0,60}, got %s",
                namespace);
    }

    /**
     * User id → interaction as produced: bare JSON or a CloudEvent, read by {@link InteractionReader}, written by {@link EventWriter}. At
     * least once, in any order within minutes.
     */
    public String interactions() {
        return namespace + ".interactions.v1";
    }

    /** Item id → item as produced ({@link ItemReader}, {@link EventWriter}), or nothing when it is retired. Compacted. */
    public String items() {
        return namespace + ".items.v1";
    }

    /** Item id → {@link coldstream.domain.ItemVector}. Compacted. */
    public String itemVectors() {
        return namespace + ".item-vectors.v1";
    }

    /** Item id → {@link coldstream.domain.ItemEnrichment}: what a language model wrote of a thin text. Compacted. */
    public String itemEnrichments() {
        return namespace + ".item-enrichments.v1";
    }

    /** User id → {@link coldstream.domain.Sample}. */
    public String samples() {
        return namespace + ".samples.v1";
    }

    /** User id → {@link coldstream.domain.ScoreRequest}. */
    public String scoreRequests() {
        return namespace + ".score-requests.v1";
    }

    /** User id → {@link coldstream.domain.SoftScores}. */
    public String softScores() {
        return namespace + ".soft-scores.v1";
    }

    /** User id → {@link coldstream.domain.TasteProfile}. */
    public String tasteProfiles() {
        return namespace + ".taste-profiles.v1";
    }

    /** Model → {@link coldstream.domain.RegistryEvent}. */
    public String registryEvents() {
        return namespace + ".registry-events.v1";
    }

    /** Signal, as {@code model/layer/signal/stratum} → {@link coldstream.domain.DriftAlert}. One partition. */
    public String driftAlerts() {
        return namespace + ".drift-alerts.v1";
    }

    /** Model → the trainer's journal of steps. One partition. */
    public String steps(String model) {
        return namespace + ".trainer." + model + ".steps.v1";
    }

    /** Table and row → {@link DeltaEnvelope} of what changed in the model, epoch by epoch. Compacted, one partition. */
    public String deltas(String model) {
        return namespace + ".model." + model + ".deltas.v1";
    }

    /** Dead letter → note that it was sent to its topic again. One partition. */
    public String replayedLetters() {
        return namespace + ".dead-letters-replayed.v1";
    }

    /** Where records of {@code topic} go that cannot be processed: original bytes, key and headers, and the reason. */
    public static String deadLetter(String topic) {
        return topic + ".dlq";
    }
}
