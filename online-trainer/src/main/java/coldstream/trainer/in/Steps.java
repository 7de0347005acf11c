package coldstream.trainer.in;

import static coldstream.trainer.in.MismatchException.require;

import coldstream.wire.Directive;
import coldstream.wire.StepRecord;
import coldstream.wire.StepVerdict;
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

    private static final int MOST_DIRECTIVES = 16;

    private final Inputs inputs;
    private final Journal journal;
    private final StepRules rules;
    private final LongSupplier nanoTime;
    private final Rereading rereading;
    private final InputBuffers buffers = new InputBuffers();
    private final KnownEnds ends;
    private final StepTiming timing;
    private final BlockingQueue<Directive> directives = new ArrayBlockingQueue<>(MOST_DIRECTIVES);

    private long nextStep;
    private Journal.@Nullable Reading recorded;

    Steps(Inputs inputs, Journal journal, StepRules rules, LongSupplier nanoTime, Rereading rereading) {
        this.inputs = inputs;
        this.journal = journal;
        this.rules = rules;
        this.nanoTime = nanoTime;
        this.rereading = rereading;
        ends = new KnownEnds(inputs, buffers);
        timing = new StepTiming(buffers, ends, rules, nanoTime);
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
        ends.ask();
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
            if (!asked && !ends.reach(reached)) {
                asked = true;
                ends.ask();
                ends.requireReach(record, reached);
            }
            inputs.poll(StepTiming.LONGEST_WAIT, buffers);
        }
    }

    private Optional<Step> decide() {
        inputs.poll(timing.patience(), buffers);
        return timing.due(!directives.isEmpty()) ? Optional.of(journalled(timing.samplesWait())) : Optional.empty();
    }

    private Step journalled(boolean withSamples) {
        SortedMap<InputPartition, Long> reached = buffers.offsets();
        StepTiming.UPDATES.forEach(input -> reached.putAll(buffers.earliest(input, rules.updates())));
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
