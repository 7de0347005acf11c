package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ScoredEvent;
import coldstream.wire.Directive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class DirectivesTest {

    private static final int BATCH = 16;

    @TempDir
    Path folder;

    private static LearnerConfig small() {
        return LearnerConfig.defaults().with("dimension", "8");
    }

    /** The other learner is set to the higher rates: it shares no code with what raises them. */
    @ParameterizedTest
    @ValueSource(strings = {"adagrad", "lazy-adam", "sparse-adam"})
    void raisedRatesAreThoseOfALearnerSetToThem(String optimizer) {
        LearnerConfig usual = small().with("row-optimizer", optimizer);
        LearnerConfig faster = usual.with("row-rate", "0.4")
                .with("row-adam-rate", "0.02")
                .with("row-first-rate", "0.002")
                .with("dense-rate", "0.004");
        try (OnlineLearner directed = new OnlineLearner(usual);
                OnlineLearner fast = new OnlineLearner(faster);
                OnlineLearner slow = new OnlineLearner(usual)) {
            directed.directive(Directive.raiseRates("a", 2, 3 * BATCH, "drift"));
            List<List<ScoredEvent>> found = learn(directed, 6);
            List<List<ScoredEvent>> high = learn(fast, 6);
            List<List<ScoredEvent>> low = learn(slow, 6);

            assertThat(found.subList(0, 4)).isEqualTo(high.subList(0, 4));
            assertThat(found.get(1)).isNotEqualTo(low.get(1));
            assertThat(found.get(5)).isNotEqualTo(high.get(5));
        }
    }

    private static List<List<ScoredEvent>> learn(OnlineLearner learner, int steps) {
        World world = new World(41, 30, 80);
        world.introduce(learner);
        List<List<ScoredEvent>> events = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            events.add(learner.step(world.batch(BATCH)).events());
        }
        return events;
    }

    @Test
    void aRaiseEndsWithItsSamplesAndIsDoneOnce() {
        World world = new World(3, 30, 80);
        try (OnlineLearner learner = new OnlineLearner(small())) {
            world.introduce(learner);
            learner.directive(Directive.raiseRates("a", 2, 2 * BATCH, "drift"));
            learner.step(world.batch(BATCH));
            assertThat(learner.haste()).contains(new Haste(2, 2 * BATCH));
            learner.directive(Directive.raiseRates("a", 4, 100 * BATCH, "the same id"));
            learner.step(world.batch(BATCH));
            assertThat(learner.haste()).isEmpty();
            learner.directive(Directive.raiseRates("b", 3, BATCH, "again"));
            assertThat(learner.haste()).contains(new Haste(3, 3 * BATCH));
            learner.directive(Directive.raiseRates("c", 2, 5 * BATCH, "less, for longer"));
            assertThat(learner.haste()).contains(new Haste(3, 7 * BATCH));
        }
    }

    @Test
    void aGateThatIsResetIsANewOneAndKeepsItsEvidence() {
        World world = new World(5, 30, 80);
        try (OnlineLearner learner = new OnlineLearner(small());
                OnlineLearner fresh = new OnlineLearner(small())) {
            world.introduce(learner);
            for (int step = 0; step < 20; step++) {
                learner.step(world.batch(BATCH));
                for (int k = 0; k < 8; k++) {
                    learner.scores(world.scores(world.someUser(), 0.9, k % 2 == 0));
                }
            }
            assertThat(learner.gate.state()).isNotEqualTo(fresh.gate.state());
            var evidence = learner.agreement.state();

            learner.directive(Directive.resetGate("a", "agreement fell"));

            assertThat(learner.gate.state()).isEqualTo(fresh.gate.state());
            assertThat(learner.agreement.state()).isEqualTo(evidence);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"reliability", "literal", "global", "schedule", "off", "meta", "prior-kl", "cell"})
    void everyGateCanBeReset(String mode) {
        World world = new World(5, 30, 80);
        LearnerConfig config = small().with("gate", mode);
        try (OnlineLearner learner = new OnlineLearner(config);
                OnlineLearner fresh = new OnlineLearner(config)) {
            world.introduce(learner);
            for (int step = 0; step < 3; step++) {
                learner.step(world.batch(BATCH));
                learner.scores(world.scores(world.someUser(), 0.9, true));
            }
            learner.directive(Directive.resetGate("a", "by hand"));

            assertThat(learner.gate.state()).isEqualTo(fresh.gate.state());
        }
    }

    @Test
    void aLearnerRestoredInTheMiddleOfARaiseGoesOnBitForBit() {
        World world = new World(41, 30, 80);
        World same = new World(41, 30, 80);
        try (OnlineLearner unbroken = new OnlineLearner(small())) {
            OnlineLearner restored = new OnlineLearner(small());
            world.introduce(unbroken);
            same.introduce(restored);
            for (int step = 0; step < 12; step++) {
                if (step % 4 == 2) {
                    for (Directive directive : List.of(
                            Directive.raiseRates("raise-" + step, 1 + step / 4.0, 2 * BATCH + 3, "drift"),
                            Directive.resetGate("reset-" + step / 8, "drift"))) {
                        unbroken.directive(directive);
                        restored.directive(directive);
                    }
                }
                assertThat(restored.step(same.batch(BATCH)).events())
                        .as("predictions of step %d", step)
                        .isEqualTo(unbroken.step(world.batch(BATCH)).events());
                for (int k = 0; k < 4; k++) {
                    unbroken.scores(world.scores(world.someUser(), 0.8, k % 2 == 0));
                    restored.scores(same.scores(same.someUser(), 0.8, k % 2 == 0));
                }
                Path one = Snapshots.save(unbroken, folder.resolve("unbroken-" + step));
                Path other = Snapshots.save(restored, folder.resolve("restored-" + step));
                restored.close();
                Snapshots.assertEqual(one, other);
                restored = OnlineLearner.restore(other, small());
            }
            restored.close();
        }
    }
}
