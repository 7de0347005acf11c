package coldstream.trainer.in;

import static coldstream.domain.Check.check;
import static coldstream.trainer.in.MismatchException.require;

import coldstream.wire.StepRecord;
import java.time.Duration;

/**
 * When a step ends, and whose step it is.
 *
 * @param batchSize samples at which a step ends
 * @param linger after its first record a step ends anyway
 * @param updates most items, vectors, soft scores and profiles, each, in one step
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

    /** Refuses a step of another model, or one taken with settings that make it another. */
    void requireOwn(StepRecord record) {
        require(record.model().equals(model()), "the journal must be of model %s, got %s", model(), record.model());
        require(record.seed() == seed(), "the journal must have seed %d, got %d", seed(), record.seed());
        require(
                record.configHash().equals(configHash()),
                "steps not yet in a snapshot must be repeated with the settings they were taken with (config hash %s), "
                        + "got other settings (config hash %s): restore them once, or choose another model name",
                record.configHash(),
                configHash());
    }
}
