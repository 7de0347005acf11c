package coldstream.trainer.in;

import coldstream.wire.StepRecord;
import coldstream.wire.StepVerdict;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The steps of one model, in order, and what became of those that were not learnt as they were. One holder at a time appends:
 * {@link #open} takes the journal over, after which an earlier holder fails. Appending and trimming are thread-safe.
 */
interface Journal extends AutoCloseable {

    /**
     * A record and where it stands.
     *
     * @param verdict on the step, wherever behind it it stands
     * @param nextOffset the offset behind it
     */
    record Recorded(StepRecord record, Optional<StepVerdict> verdict, long nextOffset) {}

    /** Records in order, up to what was the end when it began. */
    interface Reading extends Iterator<Recorded>, AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes the journal over.
     *
     * @return the records from {@code offset} to the end, which nobody else can move any more
     * @throws MismatchException if the journal does not reach from {@code offset}
     */
    Reading open(long offset);

    /** As {@link #open}, but only reads. */
    Reading read(long offset);

    /**
     * Appends a step together with the dead letters of what it left out, all or nothing; returns when they are safe.
     *
     * @return the offset behind the record
     * @throws MismatchException if somebody else has taken the journal over
     */
    long append(StepRecord record, List<DeadLetter> letters);

    /** Appends a verdict on a step together with the dead letters of what it refused, as above. */
    void append(StepVerdict verdict, List<DeadLetter> letters);

    /** Lets go of everything before an offset, as far as that can be done now. */
    void trim(long offset);

    @Override
    void close();
}
