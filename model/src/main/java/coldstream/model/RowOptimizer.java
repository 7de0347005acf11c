package coldstream.model;

/**
 * How rows learn. A row moves only in a step that gave it a gradient: the sum of all its gradients in that step, since no
 * update here is linear. Rows nobody touched are neither read nor written, so a step costs the same at any table size.
 */
public sealed interface RowOptimizer permits RowAdagrad, LazyAdam, SparseAdam {

    /** What a row's state means. State of another form cannot be learnt on. */
    String form();

    /** Whether a row that is touched moves even where its gradient is 0, by what it remembers. */
    boolean restless();

    /** The same with learning rates so many times as large. */
    RowOptimizer times(double factor);

    /** An empty table with the state this needs: rows of d factors and, if wanted, a linear weight. */
    RowTable table(int dimension, boolean linear);

    /**
     * Moves the rows of some slots against {@code scale} times their gradients, which are added up. Other slots may be moved by
     * other threads meanwhile.
     *
     * @param table told {@linkplain RowTable#toBeWritten what will be written}
     * @param step number of the step, from 1, the same for all tables
     */
    void apply(RowTable table, RowGradients gradients, int from, int to, float scale, long step);
}
