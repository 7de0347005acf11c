package coldstream.trainer.learning;

/**
 * Learning rates raised for a while.
 *
 * @param factor by which those of rows and dense parameters are multiplied
 * @param until samples trained at which it ends
 */
public record Haste(double factor, long until) {

    static final Haste NONE = new Haste(1, 0);
}
