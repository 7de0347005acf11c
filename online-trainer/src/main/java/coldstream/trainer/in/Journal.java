package coldstream.trainer.in;

import coldstream.wire.StepRecord;
import java.util.Iterator;
import java.util.List;

/**
 * The steps of one model, in order, forever. One holder at a time appends: {@link #open} takes the journal over, after
 * which an earlier holder fails.
 */
interface Journal extends AutoCloseable {

    /**
     * A record and where it stands.
     *
     * @param nextOffset the offset behind it
     */
    record Recorded(StepRecord record, long nextOffset) {}

    /**
     * Takes the journal over.
     *
     * @return the records from {@code offset} to the end, which nobody else can move any more
     * @throws MismatchException if the journal ends before {@code offset}
     */
    Iterator<Recorded> open(long offset);

    /**
     * Appends a step together with the dead letters of what it left out, all or nothing; returns when they are safe.
     *
     * @return the offset behind the record
     * @throws MismatchException if somebody else has taken the journal over
     */
    long append(StepRecord record, List<DeadLetter> letters);

    @Override
    void close();
}
