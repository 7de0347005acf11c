package coldstream.trainer.in;

import static coldstream.trainer.in.MismatchException.require;

import coldstream.wire.Directive;
import coldstream.wire.StepRecord;
import coldstream.wire.StepVerdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The steps of a model: first those the journal holds behind the snapshot, then new ones, each journalled before anybody
 * sees it. Whoever applies them in order, and changes its state by nothing else, can stop anywhere and continue exactly.
 * One thread; what another may call says so.
 */
public final class Steps implements AutoCloseable {

    private static final Duration LONGEST_WAIT = Duration.ofMillis(100);
    /** What a step takes in besides samples. */
    private static final List<Input> UPDATES = List.of(Input.ITEMS, Input.VECTORS, Input.SCORES, Input.PROFILES);

    private static final long NOTHING_WAITS = Long.MIN_VALUE;
    private static final int MOST_DIRECTIVES = 16;

    private final Inputs inputs;
    private final Journal journal;
    private final StepRules rules;
    private final LongSupplier nanoTime;
    private final Rereading rereading;
    private final InputBuffers buffers = new InputBuffers();
    private final BlockingQueue<Directive> directives = new ArrayBlockingQueue<>(MOST_DIRECTIVES);

    private long nextStep;
    private Journal.@Nullable Reading recorded;
    private SortedMap<InputPartition, Long> knownEnds = new TreeMap<>();
    private boolean catalogueRead;
    private long firstWaitingSince = NOTHING_WAITS;

    Steps(Inputs inputs, Journal journal, StepRules rules, LongSupplier nanoTime, Rereading rereading) {
        this.inputs = inputs;
        this.journal = journal;
        this.rules = rules;
        this.nanoTime = nanoTime;
        this.rereading = rereading;
    }

    /**
     * Goes to where a snapshot stands, or to the beginning.
     *
     * @throws MismatchException if journal, inputs and snapshot do not belong together
     */
    public void open(StartingPoint start) {
        recorded = journal.open(start.journalOffset());
        SortedMap<String, Long> offsets = start.offsets();
        if (start.step() == 0) {
            offsets = openingOffsets();
        }
        inputs.open(offsets, buffers);
        nextStep = start.step() + 1;
        knownEnds = inputs.ends(buffers);
        if (start.step() == 0 && offsets.isEmpty()) {
            journal.append(record(0, 0), List.of());
        }
    }

    /** Where an existing journal says learning began; empty for a new one. */
    private SortedMap<String, Long> openingOffsets() {
        if (!replaying()) {
            return new TreeMap<>();
        }
        StepRecord first = reading().next().record();
        require(first.step() == 0, "a journal must begin with step 0, got step %d", first.step());
        rules.requireOwn(first);
        return first.offsets();
    }

    /** The next step, or nothing yet: it waits for a short while only. */
    public Optional<Step> next() {
        return replaying() ? Optional.of(replay(reading().next())) : decide();
    }

    /**
     * Takes in what the next new step shall do first; it is safe once that step is journalled. Any thread.
     *
     * @return false if too many wait already
     */
    public boolean direct(Directive directive) {
        return directives.offer(directive);
    }

    /** Whether steps from before the start are still being repeated. */
    public boolean replaying() {
        return recorded != null && recorded.hasNext();
    }

    private Journal.Reading reading() {
        return Objects.requireNonNull(recorded, "the steps must be open");
    }

    /** Records not handed over yet, by partition, as far as known. */
    public SortedMap<String, Long> lags() {
        var lags = new TreeMap<String, Long>();
        buffers.partitions().forEach(partition -> lags.put(partition.name(), buffers.lag(partition)));
        return lags;
    }

    private Step replay(Journal.Recorded entry) {
        StepRecord record = entry.record();
        require(record.step() == nextStep, "the journal must go on with step %d, got step %d", nextStep, record.step());
        rules.requireOwn(record);
        SortedMap<InputPartition, Long> reached = read(record);
        StepContents contents = buffers.take(reached);
        require(
                contents.samples.size() == record.samples(),
                "step %d must have the %d samples it was journalled with, got %d: the input topics were changed",
                record.step(),
                record.samples(),
                contents.samples.size());
        nextStep++;
        Step step = contents.step(record, entry.nextOffset(), true);
        return entry.verdict().map(step::after).orElse(step);
    }

    /**
     * Notes for good that a step was not learnt as it is, before anything builds on it. Any thread.
     *
     * @param skipped why nothing was learnt of its samples, if so
     * @param refused what it could not be applied with, beyond what an earlier verdict says; goes to the dead letters
     */
    public void conclude(Step step, Optional<String> skipped, Map<Origin, RuntimeException> refused) {
        List<StepVerdict.Refusal> refusals = new ArrayList<>();
        step.verdict().ifPresent(earlier -> refusals.addAll(earlier.refused()));
        List<DeadLetter> letters = new ArrayList<>();
        refused.forEach((origin, why) -> {
            refusals.add(origin.refusal(why));
            letters.add(new DeadLetter(rereading.record(origin), why));
        });
        journal.append(
                new StepVerdict(
                        StepVerdict.FORMAT_VERSION, rules.model(), step.record().step(), skipped, refusals),
                letters);
    }

    /** The journalled steps from a place on, once more, beside these; to be closed. Any thread. */
    public Steps again(StartingPoint from) {
        var again = new Steps(rereading.inputs(), new ReadOnlyJournal(journal), rules, nanoTime, rereading);
        try {
            again.open(from);
            return again;
        } catch (RuntimeException e) {
            again.close();
            throw e;
        }
    }

    /** Lets go of the journal before an offset that no restart will ask for. Any thread. */
    public void forget(long journalOffset) {
        journal.trim(journalOffset);
    }

    /** Reads the inputs until a recorded step is complete. */
    private SortedMap<InputPartition, Long> read(StepRecord record) {
        boolean asked = false;
        while (true) {
            var reached = new TreeMap<InputPartition, Long>();
            boolean complete = true;
            for (InputPartition partition : buffers.partitions()) {
                Long offset = record.offsets().get(partition.name());
                if (offset != null) {
                    reached.put(partition, offset);
                    complete &= buffers.covers(partition, offset);
                }
            }
            if (complete && reached.size() == record.offsets().size()) {
                return reached;
            }
            if (!asked && !exists(reached)) {
                asked = true;
                knownEnds = inputs.ends(buffers);
                checkExists(record, reached);
            }
            inputs.poll(LONGEST_WAIT, buffers);
        }
    }

    private boolean exists(SortedMap<InputPartition, Long> reached) {
        return reached.entrySet().stream()
                .allMatch(each -> knownEnds.getOrDefault(each.getKey(), 0L) >= each.getValue());
    }

    private void checkExists(StepRecord record, SortedMap<InputPartition, Long> reached) {
        reached.forEach((partition, offset) -> {
            long end = knownEnds.getOrDefault(partition, 0L);
            require(
                    end >= offset,
                    "step %d must find %s up to offset %d, got its end at %d: records are gone",
                    record.step(),
                    partition.name(),
                    offset,
                    end);
        });
    }

    private Optional<Step> decide() {
        inputs.poll(isFull() ? Duration.ZERO : untilDue(), buffers);
        if (trainable() == 0 && !updatesWait() && directives.isEmpty()) {
            firstWaitingSince = NOTHING_WAITS;
            return Optional.empty();
        }
        if (firstWaitingSince == NOTHING_WAITS) {
            firstWaitingSince = nanoTime.getAsLong();
        }
        if (!isFull() && !untilDue().isZero()) {
            return Optional.empty();
        }
        firstWaitingSince = NOTHING_WAITS;
        return Optional.of(journalled(trainable() > 0));
    }

    /** Whether a step need not wait for more: a batch is there, with no partition left behind the others. */
    private boolean isFull() {
        return trainable() == 0
                ? fullOfUpdates()
                : trainable() >= rules.batchSize() && !buffers.isStarved(Input.SAMPLES);
    }

    /** Samples that may go into a step now. */
    private int trainable() {
        return catalogueRead() ? buffers.waiting(Input.SAMPLES) : 0;
    }

    private boolean updatesWait() {
        return UPDATES.stream().anyMatch(input -> buffers.waiting(input) > 0);
    }

    private boolean fullOfUpdates() {
        return UPDATES.stream().anyMatch(input -> buffers.waiting(input) >= rules.updates());
    }

    /**
     * Whether the items and vectors that existed at the start are read: a trainer that starts behind learns what the items
     * are before it learns from what users did with them.
     */
    private boolean catalogueRead() {
        if (!catalogueRead) {
            catalogueRead = knownEnds.entrySet().stream()
                    .filter(each -> each.getKey().input() == Input.ITEMS
                            || each.getKey().input() == Input.VECTORS)
                    .allMatch(each -> buffers.covers(each.getKey(), each.getValue()));
        }
        return catalogueRead && waitingUpdatesFitOneStep();
    }

    private boolean waitingUpdatesFitOneStep() {
        return buffers.waiting(Input.ITEMS) <= rules.updates() && buffers.waiting(Input.VECTORS) <= rules.updates();
    }

    private Step journalled(boolean withSamples) {
        SortedMap<InputPartition, Long> reached = buffers.offsets();
        UPDATES.forEach(input -> reached.putAll(buffers.earliest(input, rules.updates())));
        if (withSamples) {
            reached.putAll(buffers.earliest(Input.SAMPLES, rules.batchSize()));
        }
        StepContents contents = buffers.take(reached);
        List<Directive> first = new ArrayList<>();
        directives.drainTo(first);
        StepRecord record = record(nextStep, contents.samples.size()).with(first);
        long journalOffset = journal.append(record, contents.unreadable);
        nextStep++;
        return contents.step(record, journalOffset, false);
    }

    private StepRecord record(long step, int samples) {
        var offsets = new TreeMap<String, Long>();
        buffers.offsets().forEach((partition, offset) -> offsets.put(partition.name(), offset));
        return new StepRecord(
                StepRecord.FORMAT_VERSION, rules.model(), step, offsets, samples, rules.seed(), rules.configHash());
    }

    /** How long the waiting records may still wait, at most {@link #LONGEST_WAIT}. */
    private Duration untilDue() {
        if (firstWaitingSince == NOTHING_WAITS) {
            return LONGEST_WAIT;
        }
        long left = rules.linger().toNanos() - (nanoTime.getAsLong() - firstWaitingSince);
        return Duration.ofNanos(Math.min(Math.max(left, 0), LONGEST_WAIT.toNanos()));
    }

    @Override
    public void close() {
        boolean interrupted = Thread.interrupted(); // Kafka's clients close in order only without it
        try (inputs;
                journal) {
            if (recorded != null) {
                recorded.close();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
