package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A learner written to disk and read back after every step must stay, to the last bit of every file, one that never was. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class RestoredAgainAndAgainTest {

    private static final int STEPS = 30;

    @TempDir
    Path folder;

    private void assertRestoringChangesNothing(LearnerConfig config) {
        World world = new World(41, 30, 80);
        World same = new World(41, 30, 80);
        try (OnlineLearner unbroken = new OnlineLearner(config)) {
            OnlineLearner restored = new OnlineLearner(config);
            world.introduce(unbroken);
            same.introduce(restored);
            for (int step = 0; step < STEPS; step++) {
                StepResult expected = unbroken.step(world.batch(16));
                StepResult found = restored.step(same.batch(16));
                assertThat(found.events())
                        .as("predictions of step %d, skipped for %s", step, found.skipped())
                        .isEqualTo(expected.events());
                for (int k = 0; k < 8; k++) {
                    unbroken.scores(world.scores(world.someUser(), 0.8, k % 2 == 0));
                    restored.scores(same.scores(same.someUser(), 0.8, k % 2 == 0));
                }
                Path one = Snapshots.save(unbroken, folder.resolve("unbroken-" + step));
                Path other = Snapshots.save(restored, folder.resolve("restored-" + step));
                restored.close();
                Snapshots.assertEqual(one, other);
                restored = OnlineLearner.restore(other, config);
            }
            restored.close();
        }
    }

    @Test
    void withTheDefaults() {
        assertRestoringChangesNothing(LearnerConfig.defaults());
    }

    /** Answers are forgotten while they are a user's latest: nobody may go on using one that no snapshot holds. */
    @Test
    void withAReplayQueueThatForgetsAUsersLatestAnswer() {
        assertRestoringChangesNothing(
                LearnerConfig.defaults().with("dimension", "8").with("replay", "3"));
    }

    @Test
    void withHardlyAnythingAtItsDefault() {
        LearnerConfig config = LearnerConfig.defaults();
        for (List<String> knob : List.of(
                List.of("dimension", "12"),
                List.of("backbone", "deepfm"),
                List.of("history", "5"),
                List.of("gate", "literal"),
                List.of("guidance", "s-llmr"),
                List.of("item-row-start", "random"),
                List.of("negatives", "5"),
                List.of("cold-history", "2"),
                List.of("replay", "20"),
                List.of("stale-after", "2"),
                List.of("warm-up", "50"))) {
            config = config.with(knob.get(0), knob.get(1));
        }
        assertRestoringChangesNothing(config);
    }
}
