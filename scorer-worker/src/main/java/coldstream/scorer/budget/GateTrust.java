package coldstream.scorer.budget;

/** How far the trainer's gate trusts the language model, by cell of user and item. */
@FunctionalInterface
public interface GateTrust {

    /** The same everywhere: what is known before anything was measured. */
    GateTrust EVEN = (cold, tail) -> 1;

    /** In (0, 1]. */
    double of(boolean cold, boolean tail);
}
