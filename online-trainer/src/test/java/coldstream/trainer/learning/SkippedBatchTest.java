package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.model.Safetensors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A learner that has seen every user and item of a small world, so that a further batch makes no new rows: what a skipped
 * batch leaves of its files must then be the same bytes, whatever reached them would show.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class SkippedBatchTest {

    private static final LearnerConfig SMALL = LearnerConfig.defaults().with("dimension", "8");
    private static final String[] LEARNT = {
        "dense.safetensors", "rows.safetensors", "optimizer.safetensors", "gate.json", "trust.json"
    };

    private static final int ITEMS = 24;

    @TempDir
    Path folder;

    private final World world = new World(31, 10, ITEMS);
    private Path before;

    @BeforeEach
    void learn() {
        try (OnlineLearner learner = new OnlineLearner(SMALL)) {
            world.introduce(learner);
            for (int step = 0; step < 25; step++) {
                learner.step(world.batch(16));
                for (int k = 0; k < 6; k++) {
                    learner.scores(world.scores(world.someUser(), 0.8, k % 2 == 0));
                }
            }
            before = Snapshots.save(learner, folder.resolve("before"));
        }
    }

    private OnlineLearner learner(LearnerConfig config) {
        return OnlineLearner.restore(before, config);
    }

    private void assertSkipped(OnlineLearner learner, StepResult result, String rule) {
        assertThat(result.skipped())
                .hasValueSatisfying(reason -> assertThat(reason).contains(rule));
        assertThat(result.events()).isEmpty();
        Snapshots.assertEqual(before, Snapshots.save(learner, folder.resolve("after")), LEARNT);
    }

    @Test
    void aGradientBeyondTheBoundReachesNoWeight() {
        try (OnlineLearner learner = learner(SMALL.with("largest-norm", "1e-9"))) {
            long samples = learner.samples();
            assertSkipped(learner, learner.step(world.batch(16)), "the gradient's norm must be at most 1.0E-9, got 0.");
            assertThat(learner.samples()).isEqualTo(samples);
        }
    }

    @Test
    void aSampleTooHeavyForAFloatReachesNoWeightNorTheNextStep() {
        Sample sample = world.next();
        Sample heavy = new Sample(
                sample.sampleId(),
                sample.user(),
                sample.item(),
                1,
                sample.strength(),
                1e300,
                sample.history(),
                sample.userCount(),
                sample.userNegatives(),
                sample.itemCount(),
                sample.cold(),
                sample.tail(),
                sample.eventTime(),
                sample.ingestTime());
        List<Sample> batch = new ArrayList<>(world.batch(7));
        batch.add(heavy);
        List<Sample> next = world.batch(16);
        try (OnlineLearner learner = learner(SMALL)) {
            assertSkipped(learner, learner.step(batch), "must be");
            assertThat(learner.step(next).skipped()).isEmpty();
            Snapshots.save(learner, folder.resolve("went on"));
        }
        try (OnlineLearner learner = OnlineLearner.restore(folder.resolve("after"), SMALL)) {
            learner.step(next);
            Snapshots.assertEqual(folder.resolve("went on"), Snapshots.save(learner, folder.resolve("restored")));
        }
    }

    @Test
    void aPoisonedDenseWeightIsNeitherSpreadNorLearntFrom() {
        Path dense = before.resolve("dense.safetensors");
        Snapshots.poison(dense, Snapshots.firstTensor(dense), 3, Float.NaN);
        try (OnlineLearner learner = learner(SMALL)) {
            StepResult result = learner.step(world.batch(16));
            assertSkipped(learner, result, "a predicted logit must be finite, got NaN");
            assertThatThrownBy(() -> learner.capture().writeSound(folder))
                    .hasMessageContaining("every weight must be finite, got NaN in ");
        }
    }

    @Test
    void aPoisonedRowSkipsTheBatchesThatMeetItAndNoOther() {
        int row = Safetensors.read(before.resolve("rows.safetensors"))
                .texts("items.ids")
                .indexOf("item-5");
        Snapshots.poison(before.resolve("rows.safetensors"), "items", row * 8, Float.POSITIVE_INFINITY);
        LearnerConfig quiet = SMALL.with("labels", "explicit").with("guidance", "none");
        try (OnlineLearner learner = learner(quiet)) {
            StepResult met = learner.step(List.of(world.sample("user-new", 5)));
            assertThat(met.skipped()).isPresent();
            assertThatThrownBy(() -> learner.capture().writeSound(folder))
                    .hasMessageContaining("every weight must be finite, got Infinity in row " + row + " of items");
            assertThat(learner.step(List.of(world.sample("user-other", 6))).skipped())
                    .isEmpty();
        }
    }

    @Test
    void aPoisonedRowThatOnlyThePairsMeetSkipsTheBatch() {
        int row = Safetensors.read(before.resolve("rows.safetensors"))
                .texts("items.ids")
                .indexOf("item-5");
        LearnerConfig config =
                SMALL.with("labels", "explicit").with("guidance", "s-llmr").with("gate", "global");
        Sample sample = world.sample("user-new", 6);
        try (OnlineLearner learner = learner(config)) {
            learner.scores(answer(sample));
            before = Snapshots.save(learner, folder.resolve("answered"));
        }
        Snapshots.poison(before.resolve("rows.safetensors"), "items", row * 8, Float.NaN);
        try (OnlineLearner learner = learner(config)) {
            assertSkipped(learner, learner.step(List.of(sample)), "the pair loss must be finite, got NaN");
        }
    }

    /** An answer for the sample's user from before the sample: two items, one of them poisoned later. */
    private static SoftScores answer(Sample sample) {
        return new SoftScores(
                "request",
                sample.user(),
                List.of(
                        new SoftScores.ItemScore(new ItemId("item-5"), 0.9),
                        new SoftScores.ItemScore(new ItemId("item-9"), 0.1)),
                Optional.empty(),
                "another model",
                "1",
                1,
                World.time(0),
                0,
                World.time(0));
    }

    @Test
    void skippingAgainBecauseItWasSkippedBeforeLeavesTheSameFilesAndSkipsWhateverTheNumbers() {
        List<Sample> batch = world.batch(16);
        Path first;
        try (OnlineLearner learner = learner(SMALL.with("largest-norm", "1e-9"))) {
            assertThat(learner.step(batch).skipped()).isPresent();
            first = Snapshots.save(learner, folder.resolve("first"));
        }
        try (OnlineLearner learner = learner(SMALL)) {
            StepResult result = learner.skip(batch, "it was skipped before");
            assertThat(result.skipped()).contains("it was skipped before");
            Path again = Snapshots.save(learner, folder.resolve("again"));
            Snapshots.assertEqual(first, again, LEARNT);
            Snapshots.assertEqual(first, again, "learner.safetensors", "catalogue.jsonl", "vectors.safetensors");
        }
    }

    @Test
    void whatHappenedInASkippedBatchIsRemembered() {
        Sample sample = world.sample("user-1", 7);
        try (OnlineLearner learner = learner(SMALL.with("largest-norm", "1e-9"))) {
            long count = learner.model.features().catalogue().add(sample.item()).count();
            assertThat(learner.step(List.of(sample)).skipped()).isPresent();
            assertThat(learner.model.features().catalogue().add(sample.item()).count())
                    .isEqualTo(count + 1);
        }
    }
}
