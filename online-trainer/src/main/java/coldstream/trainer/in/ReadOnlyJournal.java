package coldstream.trainer.in;

import coldstream.wire.StepRecord;
import coldstream.wire.StepVerdict;
import java.util.List;

/** A journal read once more by its holder; closing it leaves the journal open. */
record ReadOnlyJournal(Journal journal) implements Journal {

    @Override
    public Reading open(long offset) {
        return journal.read(offset);
    }

    @Override
    public Reading read(long offset) {
        return journal.read(offset);
    }

    @Override
    public long append(StepRecord record, List<DeadLetter> letters) {
        throw new IllegalStateException("a journal read once more must not grow, got step " + record.step());
    }

    @Override
    public void append(StepVerdict verdict, List<DeadLetter> letters) {
        throw new IllegalStateException("a journal read once more must not grow, got a verdict on " + verdict.step());
    }

    @Override
    public void trim(long offset) {
        throw new IllegalStateException("a journal read once more must not shrink, got offset " + offset);
    }

    @Override
    public void close() {}
}
