package coldstream.trainer;

/** Looks, on the thread that trains and after each of its steps, whether what changed shall be given away. */
@FunctionalInterface
interface Epochs {

    /** Nothing is given away. */
    Epochs NONE = caughtUp -> {};

    /** @param caughtUp whether every step from before this start has been repeated */
    void look(boolean caughtUp);
}
