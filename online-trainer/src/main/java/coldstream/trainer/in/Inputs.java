package coldstream.trainer.in;

import java.time.Duration;
import java.util.SortedMap;

/** The input topics: read from given offsets into {@link InputBuffers}. */
interface Inputs extends AutoCloseable {

    /**
     * Starts every partition: at its offset in {@code offsets}, else at its beginning.
     *
     * @param offsets by {@link InputPartition#name()}
     * @throws MismatchException if an offset does not exist (any more)
     */
    void open(SortedMap<String, Long> offsets, InputBuffers buffers);

    /** Reads what has come, waiting at most {@code wait} for something to come. */
    void poll(Duration wait, InputBuffers buffers);

    /** The offset behind the last record of every open partition. */
    SortedMap<InputPartition, Long> ends(InputBuffers buffers);

    @Override
    void close();
}
