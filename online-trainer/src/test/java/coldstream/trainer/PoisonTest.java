package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.trainer.in.FakeStream;
import coldstream.wire.StepVerdict;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Samples that make the learner throw, every time. The learner's weights are the list of what it was told. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class PoisonTest {

    @TempDir
    Path folder;

    private final FakeStream stream = new FakeStream(8, 500);
    private final List<String> all = stream.samples();

    /** Three in the first half, two of them neighbours, and the very last. */
    private final Set<String> poison = Set.of(all.get(10), all.get(40), all.get(41), all.get(all.size() - 1));

    private final Learning.Factory learners = FakeLearning.poisonedBy(sample -> poison.contains(sample.sampleId()));

    private Life life(String name) {
        return new Life(stream, folder.resolve(name), new FakePublisher(folder.resolve(name + "-registry")), learners);
    }

    private List<String> told(String name) {
        return FakeLearning.read(TrainerRig.newestIn(folder.resolve(name)));
    }

    private static List<String> samples(List<String> told) {
        return told.stream()
                .filter(line -> line.startsWith("sample "))
                .map(line -> line.substring("sample ".length()))
                .toList();
    }

    @Test
    void aPoisonSampleIsRefusedAloneAndEverythingElseIsLearntOnce() {
        Life life = life("one");
        life.finish();

        assertThat(life.loop.failure()).isEmpty();
        assertThat(samples(told("one")))
                .hasSize(all.size() - poison.size())
                .doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(poison);
        assertThat(stream.refusedLetters()).containsExactlyInAnyOrderElementsOf(poison);
        assertThat(stream.verdicts().stream().flatMap(verdict -> verdict.refused().stream()))
                .extracting(refusal -> refusal.partition() + "@" + refusal.offset())
                .containsExactlyInAnyOrderElementsOf(poison);
        assertThat(stream.verdicts()).extracting(StepVerdict::skipped).allMatch(skipped -> skipped.isEmpty());
    }

    @Test
    void whatIsRefusedIsCountedAndShownWithReasonAndOffsets() {
        Life life = life("one");
        life.finish();

        Skips skips = life.training.standing().skips();
        assertThat(skips.samples()).isEqualTo(poison.size());
        assertThat(skips.refused()).isEqualTo(poison.size());
        assertThat(life.training.samples() + skips.samples()).isEqualTo(all.size());
        assertThat(skips.last().orElseThrow().reason()).contains("cannot digest");
        assertThat(skips.last().orElseThrow().offsets()).isNotEmpty();
        assertThat(life.meters
                        .get("coldstream.dlq")
                        .tag("reason", "poison")
                        .counter()
                        .count())
                .isEqualTo(poison.size());
        assertThat(life.meters.get("coldstream.samples.skipped").counter().count())
                .isEqualTo(poison.size());
        assertThat(life.meters.get("coldstream.samples.trained").counter().count())
                .isEqualTo(all.size() - poison.size());
    }

    @Test
    void anotherRunOfTheSameJournalRefusesTheSameWithoutTryingAgain() {
        life("one").finish();
        int letters = stream.refusedLetters().size();
        List<StepVerdict> verdicts = stream.verdicts();

        new Life(stream, folder.resolve("two"), new FakePublisher(folder.resolve("r")), FakeLearning::from).finish();

        assertThat(told("two")).isEqualTo(told("one"));
        assertThat(stream.refusedLetters()).hasSize(letters);
        assertThat(stream.verdicts()).isEqualTo(verdicts);
    }

    @Test
    void aLearnerThatThrowsAtEverySampleStopsAfterAFewStepsInsteadOfRefusingTheStream() {
        var life = new Life(
                stream,
                folder.resolve("one"),
                new FakePublisher(folder.resolve("registry")),
                FakeLearning.poisonedBy(sample -> true));
        life.finish();

        assertThat(life.loop.failure()).hasValueSatisfying(failure -> assertThat(failure)
                .hasMessageStartingWith("learning must be skipped less than 4 times in a row, the last was step ")
                .hasMessageContainingAll("cannot digest", "offsets {samples-"));
        assertThat(life.loop.ready()).isFalse();
        assertThat(stream.verdicts()).hasSize(4);
    }

    @Test
    void aLearnerThatThrowsOnceIsBroughtBackAndNothingIsRefused() {
        var failures = new AtomicInteger(1);
        var life = new Life(
                stream,
                folder.resolve("one"),
                new FakePublisher(folder.resolve("registry")),
                FakeLearning.poisonedBy(
                        sample -> sample.sampleId().equals(all.get(40)) && failures.getAndDecrement() > 0));
        life.finish();

        assertThat(life.loop.failure()).isEmpty();
        assertThat(samples(told("one"))).hasSameElementsAs(all).doesNotHaveDuplicates();
        assertThat(stream.verdicts()).isEmpty();
    }
}
