package coldstream.wire;

import coldstream.domain.Evidence;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the promotion of a model stands.
 *
 * @param champion version that serves
 * @param previous champion before it
 * @param candidate version on trial
 * @param canary version that gets a share of the traffic
 * @param canaryShare of the traffic, in (0, 1]
 * @param freeze why nothing is promoted by the rule, if so
 * @param pending what waits for a person
 * @param coolDown after a rollback, nothing is promoted by the rule before this
 * @param watched until when the champion is compared with the one before it
 * @param evidence newest of each comparison that is being made
 * @param rules settings that decide, by name
 */
public record PromotionView(
        String model,
        Optional<String> champion,
        Optional<String> previous,
        Optional<String> candidate,
        Optional<String> canary,
        Optional<Double> canaryShare,
        Optional<Freeze> freeze,
        Optional<Pending> pending,
        Optional<Instant> coolDown,
        Optional<Instant> watched,
        List<Evidence> evidence,
        Map<String, String> rules) {

    /**
     * Promotion by the rule is off.
     *
     * @param until when it ends by itself
     */
    public record Freeze(String reason, String who, Instant since, Optional<Instant> until) {}

    /** A decision that a person has to approve. */
    public record Pending(String version, String why, Instant since, Map<String, String> details) {

        public Pending {
            details = Map.copyOf(details);
        }
    }

    public PromotionView {
        evidence = List.copyOf(evidence);
        rules = Map.copyOf(rules);
    }
}
