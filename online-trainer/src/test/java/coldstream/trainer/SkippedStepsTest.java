package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.trainer.in.FakeStream;
import coldstream.wire.StepVerdict;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps whose arithmetic breaks, in the real loop. The learner's weights are the list of what it was told. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class SkippedStepsTest {

    @TempDir
    Path folder;

    private final FakeStream stream = new FakeStream(9, 500);
    private final List<String> all = stream.samples();

    private Life life(String name, Set<String> broken) {
        return life(name, FakeLearning.overflowingAt(sample -> broken.contains(sample.sampleId())));
    }

    private Life life(String name, Learning.Factory learners) {
        return new Life(stream, folder.resolve(name), new FakePublisher(folder.resolve(name + "-registry")), learners);
    }

    private List<String> told(String name) {
        return FakeLearning.read(TrainerRig.newestIn(folder.resolve(name)));
    }

    @Test
    void everySampleReadIsEitherTrainedOrSkippedAndTheSkipIsRecordedWithItsReasonAndOffsets() {
        Life life = life("one", Set.of(all.get(30), all.get(80)));
        life.finish();

        Skips skips = life.training.standing().skips();
        assertThat(life.loop.failure()).isEmpty();
        assertThat(skips.steps()).isEqualTo(2);
        assertThat(skips.refused()).isZero();
        assertThat(life.training.samples() + skips.samples()).isEqualTo(all.size());
        assertThat(skips.inARow()).isZero();
        assertThat(skips.last().orElseThrow().reason()).isEqualTo("the loss must be finite, got NaN");
        assertThat(skips.last().orElseThrow().offsets()).isNotEmpty();
        assertThat(stream.verdicts()).hasSize(2).allSatisfy(verdict -> assertThat(verdict.skipped())
                .contains("the loss must be finite, got NaN"));
        assertThat(stream.refusedLetters()).isEmpty();
        assertThat(life.meters.get("coldstream.samples.trained").counter().count()
                        + life.meters
                                .get("coldstream.samples.skipped")
                                .counter()
                                .count())
                .isEqualTo(all.size());
    }

    @Test
    void aRestartSkipsTheSameStepsThoughTheNumbersWouldHoldThisTime() {
        life("one", Set.of(all.get(30), all.get(80))).finish();
        List<StepVerdict> verdicts = stream.verdicts();
        life("two", Set.of()).finish();

        assertThat(told("two"))
                .isEqualTo(told("one"))
                .filteredOn(line -> line.startsWith("skip"))
                .hasSize(2);
        assertThat(stream.verdicts()).isEqualTo(verdicts);
    }

    @Test
    void countsOutliveARestartFromASnapshot() {
        Life first = life("one", Set.of(all.get(30)));
        first.finish();
        Life second = life("one", Set.of());
        second.finish();

        assertThat(second.training.skips()).isEqualTo(first.training.skips());
        assertThat(second.training.skips().steps()).isEqualTo(1);
    }

    @Test
    void skippingAgainAndAgainStopsLearningWithTheReasonAndARestartDoesNotGoOnBlindlyEither() {
        Life life = life("one", new HashSet<>(all.subList(60, all.size())));
        life.finish();
        long samples = life.training.samples();

        assertThat(life.loop.ready()).isFalse();
        assertThat(life.loop.failure()).hasValueSatisfying(failure -> assertThat(failure)
                .hasMessageStartingWith("learning must be skipped less than 4 times in a row, the last was step ")
                .hasMessageContainingAll("the loss must be finite, got NaN", "samples-"));

        Life again = life("one", Set.of());
        again.finish();
        assertThat(again.loop.failure()).isPresent();
        assertThat(again.training.samples()).isEqualTo(samples);
    }
}
