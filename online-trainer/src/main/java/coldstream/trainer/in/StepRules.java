package coldstream.trainer.in;

import static coldstream.domain.Check.check;

import java.time.Duration;

/**
 * When a step ends, and whose step it is.
 *
 * @param batchSize samples at which a step ends
 * @param linger after its first record a step ends anyway
 * @param updates most items, most vectors and most soft scores, each, in one step
 * @param model name of the model
 * @param seed of the model's random choices
 * @param configHash sha256 of every setting that changes what is learnt
 */
public record StepRules(int batchSize, Duration linger, int updates, String model, long seed, String configHash) {

    public StepRules {
        check(batchSize >= 1, "batch size must be at least 1, got %d", batchSize);
        check(!linger.isNegative(), "linger must not be negative, got %s", linger);
        check(updates >= 1, "updates in a step must be at least 1, got %d", updates);
    }
}
