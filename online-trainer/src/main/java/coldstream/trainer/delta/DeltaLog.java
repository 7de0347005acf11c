package coldstream.trainer.delta;

import java.util.function.Consumer;

/** Where epochs of deltas go, in order. */
public interface DeltaLog extends AutoCloseable {

    /** Takes the records of an epoch. */
    @FunctionalInterface
    interface Writer {

        void write(String key, byte[] value);
    }

    /**
     * Appends an epoch, which readers of committed records see whole or not at all; returns when it is safe. Where it throws,
     * the epoch may be there or not.
     *
     * @param epoch hands its records to the writer, the marker last
     */
    void append(Consumer<Writer> epoch);

    @Override
    void close();
}
