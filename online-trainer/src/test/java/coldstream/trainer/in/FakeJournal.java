package coldstream.trainer.in;

import coldstream.wire.StepRecord;
import coldstream.wire.StepVerdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private final Map<Long, StepVerdict> verdicts;
    Crash crash = Crash.NEVER;

    /** Appends that succeed before it dies. */
    int appendsBeforeCrash;

    FakeJournal(List<StepRecord> records, List<DeadLetter> letters) {
        this(records, letters, new HashMap<>());
    }

    FakeJournal(List<StepRecord> records, List<DeadLetter> letters, Map<Long, StepVerdict> verdicts) {
        this.records = records;
        this.letters = letters;
        this.verdicts = verdicts;
    }

    @Override
    public synchronized Reading open(long offset) {
        var found = new ArrayList<Recorded>();
        for (int i = (int) offset; i < records.size(); i++) {
            StepRecord record = records.get(i);
            found.add(new Recorded(record, Optional.ofNullable(verdicts.get(record.step())), i + 1));
        }
        Iterator<Recorded> each = found.iterator();
        return new Reading() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public Recorded next() {
                return each.next();
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Reading read(long offset) {
        return open(offset);
    }

    @Override
    public synchronized void append(StepVerdict verdict, List<DeadLetter> left) {
        boolean dies = dies();
        if (dies && crash == Crash.BEFORE_APPEND) {
            throw new Crashed();
        }
        verdicts.put(verdict.step(), verdict);
        letters.addAll(left);
        if (dies) {
            throw new Crashed();
        }
    }

    private boolean dies() {
        return crash != Crash.NEVER && --appendsBeforeCrash < 0;
    }

    @Override
    public void trim(long offset) {}

    @Override
    public synchronized long append(StepRecord record, List<DeadLetter> left) {
        boolean dies = dies();
        if (dies && crash == Crash.BEFORE_APPEND) {
            throw new Crashed();
        }
        records.add(record);
        letters.addAll(left);
        if (dies) {
            throw new Crashed();
        }
        return records.size();
    }

    @Override
    public void close() {}
}
