package coldstream.trainer.in;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.wire.StepRecord;
import coldstream.wire.StepVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/** Inputs and journal in memory that outlive the lives of a trainer. */
public final class FakeStream {

    private static final int BATCH = 7;
    private static final int UPDATES = 5;

    private final Random random;
    private final Map<InputPartition, List<Entry>> log;
    private final List<StepRecord> journal = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final Map<Long, StepVerdict> verdicts = new HashMap<>();
    private FakeJournal.Crash crash = FakeJournal.Crash.NEVER;
    private int appendsBeforeCrash;

    /** Random items, vectors, scores and samples in several partitions, with gaps and unreadable records. */
    public FakeStream(long seed, int records) {
        random = new Random(seed);
        log = FakeInputs.randomLog(random, records);
    }

    /** The steps of one life. */
    public Steps steps() {
        var clock = new AtomicLong();
        var own = new FakeJournal(journal, letters, verdicts);
        own.crash = crash;
        own.appendsBeforeCrash = appendsBeforeCrash;
        crash = FakeJournal.Crash.NEVER;
        return new Steps(
                new FakeInputs(log, new Random(random.nextLong())),
                own,
                new StepRules(BATCH, Duration.ofMillis(200), UPDATES, "ctr", 42, "hash"),
                () -> clock.addAndGet(Duration.ofMillis(30).toNanos()),
                new FakeRereading(log));
    }

    /** Lets the next life die at an append to the journal. */
    public void dieBeforeAppend(int appends) {
        crash = FakeJournal.Crash.BEFORE_APPEND;
        appendsBeforeCrash = appends;
    }

    /** As above, when the record is safe. */
    public void dieAfterAppend(int appends) {
        crash = FakeJournal.Crash.AFTER_APPEND;
        appendsBeforeCrash = appends;
    }

    /** Ids of all samples that can be read. */
    public List<String> samples() {
        return log.values().stream()
                .flatMap(List::stream)
                .filter(Entry.Samples.class::isInstance)
                .map(entry -> ((Entry.Samples) entry).sample().sampleId())
                .toList();
    }

    /** Every verdict in the journal. */
    public List<StepVerdict> verdicts() {
        return verdicts.keySet().stream().sorted().map(verdicts::get).toList();
    }

    /** What the dead letters of refused records hold: {@code topic-partition@offset}. */
    public List<String> refusedLetters() {
        return letters.stream()
                .map(letter -> new String(letter.toRecord().value(), UTF_8))
                .filter(value -> !value.isEmpty())
                .toList();
    }
}
