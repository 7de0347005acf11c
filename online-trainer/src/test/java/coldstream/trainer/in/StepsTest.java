package coldstream.trainer.in;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.trainer.in.FakeJournal.Crash;
import coldstream.trainer.in.FakeJournal.Crashed;
import coldstream.wire.Directive;
import coldstream.wire.StepRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Steps over a fake log and a fake journal. The state is the list of everything applied, in order, with its step: it would
 * show a record lost, repeated, moved to another step or applied in another order.
 */
class StepsTest {

    private static final int BATCH = 7;

    private final Map<InputPartition, List<Entry>> log = FakeInputs.randomLog(new Random(3), 600);
    private final List<StepRecord> journal = new ArrayList<>();
    private final List<DeadLetter> letters = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void everyRecordIsHandedOverOnceInTheOrderOfItsPartition() {
        Trainer process = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash");
        process.run(Integer.MAX_VALUE);

        log.forEach((partition, entries) -> assertThat(process.state)
                .filteredOn(applied -> applied.contains(" " + partition.name() + "@"))
                .extracting(applied -> Long.valueOf(applied.substring(applied.indexOf('@') + 1)))
                .containsExactlyElementsOf(readable(entries)));
        assertThat(letters).hasSize(unreadable());
    }

    @Test
    void aStepHasNoMoreSamplesThanABatch() {
        Trainer process = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash");
        process.run(Integer.MAX_VALUE);

        assertThat(journal).allSatisfy(record -> assertThat(record.samples()).isLessThanOrEqualTo(BATCH));
        assertThat(journal).extracting(StepRecord::step).startsWith(0L, 1L, 2L).doesNotHaveDuplicates();
    }

    @Test
    void partitionsAdvanceTogetherInEventTime() {
        Trainer process = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash");
        process.run(Integer.MAX_VALUE);
        List<Integer> samples = process.batches.stream().map(List::size).toList();

        // Only the last batches, and those cut by time, are short.
        assertThat(samples).contains(BATCH);
        for (int i = 1; i < process.batches.size(); i++) {
            long before = process.batches.get(i - 1).stream()
                    .mapToLong(Long::longValue)
                    .max()
                    .orElse(0);
            long after = process.batches.get(i).stream()
                    .mapToLong(Long::longValue)
                    .min()
                    .orElse(Long.MAX_VALUE);
            assertThat(after).isGreaterThanOrEqualTo(before);
        }
    }

    @Test
    void aDirectiveGoesWithTheNextStepThatIsTakenEvenWhereNothingElseComes() {
        Trainer process = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash");
        process.run(Integer.MAX_VALUE);
        int before = journal.size();
        Trainer next = new Trainer(process.place, process.state, new Random(1), "hash");
        assertThat(next.steps.direct(Directive.resetGate("a", "a test"))).isTrue();
        assertThat(next.steps.direct(Directive.raiseRates("b", 2, 9, "a test"))).isTrue();
        next.run(Integer.MAX_VALUE);

        assertThat(journal).hasSize(before + 1);
        StepRecord last = journal.get(before);
        assertThat(last.directives().orElseThrow()).extracting(Directive::id).containsExactly("a", "b");
        assertThat(last.offsets()).isEqualTo(journal.get(before - 1).offsets());
    }

    @Test
    void directivesThatNobodyTakesAreRefusedInTheEnd() {
        Trainer process = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash");
        for (int k = 0; k < 16; k++) {
            assertThat(process.steps.direct(Directive.resetGate("a" + k, "a test")))
                    .isTrue();
        }
        assertThat(process.steps.direct(Directive.resetGate("b", "a test"))).isFalse();
    }

    @RepeatedTest(20)
    void dyingAnywhereAndStartingAgainEqualsNeverHavingDied(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        Trainer process = new Trainer(StartingPoint.BEGINNING, List.of(), random, "hash");
        for (int life = 0; life < 12; life++) {
            process.crash(oneOf(random), random.nextInt(12));
            process.run(random.nextInt(15));
            process = new Trainer(process.snapshotPlace, process.snapshotState, random, "hash");
        }
        process.run(Integer.MAX_VALUE);

        Trainer unbroken = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(99), "hash");
        unbroken.run(Integer.MAX_VALUE);
        assertThat(process.state).isEqualTo(unbroken.state);
        assertThat(process.state).doesNotHaveDuplicates();
        assertThat(process.place).isEqualTo(unbroken.place);
        assertThat(letters).hasSize(unreadable());
    }

    @ParameterizedTest
    @EnumSource(
            value = Crash.class,
            names = {"BEFORE_APPEND", "AFTER_APPEND"})
    void aCrashAroundTheVeryFirstRecordLeavesNothingBehind(Crash crash) {
        Trainer first = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash");
        first.crash(crash, 0);
        first.run(Integer.MAX_VALUE);
        assertThat(first.state).isEmpty();

        Trainer second = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(2), "hash");
        second.run(Integer.MAX_VALUE);
        assertThat(second.state).hasSize(total());
        assertThat(journal).extracting(StepRecord::step).doesNotHaveDuplicates();
    }

    @Test
    void stepsTakenWithOtherSettingsAreNotRepeated() {
        new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash").run(5);

        Trainer other = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "other");
        assertThatThrownBy(() -> other.run(1))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("config hash hash")
                .hasMessageContaining("config hash other");
    }

    @Test
    void settingsMayChangeWhenASnapshotHoldsAllSteps() {
        Trainer process = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash");
        process.run(5);

        Trainer other = new Trainer(process.place, process.state, new Random(1), "other");
        other.run(Integer.MAX_VALUE);
        assertThat(other.state).hasSize(total());
    }

    @Test
    void inputsThatEndBeforeARecordedStepAreRefused() {
        new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash").run(Integer.MAX_VALUE);
        InputPartition samples = FakeInputs.partition(Input.SAMPLES, 0);
        List<Entry> entries = entries(samples);
        entries.remove(entries.size() - 1);

        Trainer again = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash");
        assertThatThrownBy(() -> again.run(Integer.MAX_VALUE))
                .isInstanceOf(MismatchException.class)
                .hasMessageContaining("samples-0")
                .hasMessageContaining("records are gone");
    }

    @Test
    void inputsThatLostASampleInTheMiddleAreRefused() {
        new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash").run(Integer.MAX_VALUE);
        entries(FakeInputs.partition(Input.SAMPLES, 0)).removeIf(entry -> entry instanceof Entry.Samples);

        Trainer again = new Trainer(StartingPoint.BEGINNING, List.of(), new Random(1), "hash");
        assertThatThrownBy(() -> again.run(Integer.MAX_VALUE)).isInstanceOf(MismatchException.class);
    }

    private static Crash oneOf(Random random) {
        return List.of(Crash.NEVER, Crash.BEFORE_APPEND, Crash.AFTER_APPEND).get(random.nextInt(3));
    }

    private List<Entry> entries(InputPartition partition) {
        return Objects.requireNonNull(log.get(partition));
    }

    private int total() {
        return log.values().stream()
                .mapToInt(entries -> readable(entries).size())
                .sum();
    }

    private int unreadable() {
        return log.values().stream()
                .mapToInt(entries -> entries.size() - readable(entries).size())
                .sum();
    }

    private static List<Long> readable(List<Entry> entries) {
        return entries.stream()
                .filter(entry -> !(entry instanceof Entry.Unreadable))
                .map(Entry::offset)
                .toList();
    }

    /** One life of a trainer whose state is what it applied. */
    private final class Trainer {

        final List<String> state;
        final List<List<Long>> batches = new ArrayList<>();
        StartingPoint place;
        List<String> snapshotState;
        StartingPoint snapshotPlace;

        private final Random random;
        private final FakeJournal own = new FakeJournal(journal, letters);
        private final Steps steps;
        private Crash crash = Crash.NEVER;
        private int crashAfter;

        Trainer(StartingPoint start, List<String> startState, Random random, String configHash) {
            this.random = random;
            state = new ArrayList<>(startState);
            place = start;
            snapshotState = List.copyOf(startState);
            snapshotPlace = start;
            steps = new Steps(
                    new FakeInputs(log, random),
                    own,
                    new StepRules(BATCH, Duration.ofMillis(200), 5, "ctr", 42, configHash),
                    () -> clock.addAndGet(Duration.ofMillis(30).toNanos()),
                    new FakeRereading(log));
        }

        void crash(Crash kind, int afterSteps) {
            crash = kind;
            crashAfter = afterSteps;
        }

        /** Applies up to {@code most} steps, or until all is applied, or dies. */
        void run(int most) {
            try {
                if (crashAfter == 0) {
                    own.crash = crash;
                }
                steps.open(place);
                for (int applied = 0, idle = 0; applied < most && idle < 200; ) {
                    if (applied >= crashAfter) {
                        own.crash = crash;
                    }
                    var step = steps.next();
                    if (step.isPresent()) {
                        apply(step.get());
                        applied++;
                        idle = 0;
                    } else {
                        idle++;
                    }
                }
            } catch (Crashed e) {
                assertThat(crash).isNotEqualTo(Crash.NEVER);
            }
        }

        private void apply(Step step) {
            String at = step.record().step() + " ";
            step.items().forEach(change -> state.add(at + change.id()));
            step.vectors().forEach(vector -> state.add(at + vector.item()));
            step.scores().forEach(scores -> state.add(at + scores.requestId()));
            step.profiles().forEach(profile -> state.add(at + profile.user()));
            step.samples().forEach(sample -> state.add(at + sample.sampleId()));
            batches.add(
                    step.samples().stream().map(sample -> sample.itemCount()).toList());
            SortedMap<String, Long> offsets = new TreeMap<>(step.record().offsets());
            place = new StartingPoint(step.record().step(), step.journalOffset(), offsets);
            if (random.nextInt(6) == 0) {
                snapshotPlace = place;
                snapshotState = List.copyOf(state);
            }
        }
    }
}
