package coldstream.serving.delta;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The committed records of a model's deltas, in order. One thread. */
public interface DeltaSource extends AutoCloseable {

    /**
     * A record as it lies there.
     *
     * @param millis when it was taken, milliseconds since 1970
     */
    @SuppressWarnings("ArrayRecordComponent") // lives only while a record is read
    record Raw(String key, byte[] value, long millis) {}

    /** Goes on with the first record taken at this time or later; with what comes next, if there is none. */
    void from(Instant time);

    /** Goes on with the oldest record there is. */
    void fromBeginning();

    /** What comes next; it waits for something only so long. */
    List<Raw> poll(Duration wait);

    /** Where it goes on. */
    long position();

    /** Behind the newest record there is now. */
    long end();

    @Override
    void close();
}
