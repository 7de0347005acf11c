package coldstream.trainer.in;

import coldstream.wire.StepRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A journal in memory that can fail like a process: before or after a record became safe. */
final class FakeJournal implements Journal {

    /** Where the process dies. */
    enum Crash {
        NEVER,
        BEFORE_APPEND,
        AFTER_APPEND
    }

    /** The process died. */
    static final class Crashed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final List<StepRecord> records;
    private final List<DeadLetter> letters;
    Crash crash = Crash.NEVER;

    FakeJournal(List<StepRecord> records, List<DeadLetter> letters) {
        this.records = records;
        this.letters = letters;
    }

    @Override
    public Iterator<Recorded> open(long offset) {
        var found = new ArrayList<Recorded>();
        for (int i = (int) offset; i < records.size(); i++) {
            found.add(new Recorded(records.get(i), i + 1));
        }
        return found.iterator();
    }

    @Override
    public long append(StepRecord record, List<DeadLetter> left) {
        if (crash == Crash.BEFORE_APPEND) {
            throw new Crashed();
        }
        records.add(record);
        letters.addAll(left);
        if (crash == Crash.AFTER_APPEND) {
            throw new Crashed();
        }
        return records.size();
    }

    @Override
    public void close() {}
}
