package coldstream.app.evaluate.protocol;

import java.io.IOException;
import java.io.PrintWriter;

/** One way to measure arms on a data set; adding one is a class and a line in {@code EvaluateCommand}. */
public interface Protocol {

    /** As given to {@code --protocol}. */
    String name();

    /** Whether a data set is read. */
    default boolean readsData() {
        return true;
    }

    /**
     * Refuses what cannot be asked of it, before anything is read.
     *
     * @throws IllegalArgumentException the rule first, then the value
     */
    void check(EvaluateOptions options);

    /**
     * Measures, prints the result for people and writes the files asked for.
     *
     * @param out the result
     * @param err progress
     * @return exit status
     */
    int run(EvaluateOptions options, PrintWriter out, PrintWriter err) throws IOException, InterruptedException;
}
