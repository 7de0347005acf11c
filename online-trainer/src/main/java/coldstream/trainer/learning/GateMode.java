package coldstream.trainer.learning;

/** How much a pair of the language model's is trusted. */
public enum GateMode {
    /** Not at all: no pair is trained. */
    OFF,
    /** Fully: alpha is 1. */
    GLOBAL,
    /** The paper's rule: alpha follows the gradient of its own loss, and so only ever falls. */
    LITERAL,
    /** As far as the language model has ordered realised comparisons correctly. */
    RELIABILITY
}
