package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.trainer.learning.gate.GateMode;
import coldstream.trainer.learning.uncertainty.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every gate and every uncertainty in a learner. */
class GateModesTest {

    private static final LearnerConfig SMALL =
            LearnerConfig.defaults().with("dimension", "4").with("guidance", "s-llmr");

    private static List<StepResult> run(OnlineLearner learner, World world, int steps) {
        List<StepResult> results = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            results.add(learner.step(world.batch(8)));
            for (int k = 0; k < 6; k++) {
                learner.scores(world.scores(world.someUser(), 0.8, k % 2 == 0));
            }
        }
        return results;
    }

    static Stream<LearnerConfig> choices() {
        return Stream.concat(
                GateMode.names().stream().map(mode -> SMALL.with("gate", mode)),
                Measure.names().stream().map(measure -> SMALL.with("uncertainty", measure)));
    }

    /** Eleven steps: in mode meta the pairs of the last are still to be looked at again. */
    @ParameterizedTest
    @MethodSource("choices")
    void restoringContinuesAsIfNeverStopped(LearnerConfig config, @TempDir Path folder) throws Exception {
        World world = new World(2, 20, 80);
        World same = new World(2, 20, 80);
        try (OnlineLearner unbroken = new OnlineLearner(config);
                OnlineLearner stopped = new OnlineLearner(config)) {
            world.introduce(unbroken);
            same.introduce(stopped);
            run(unbroken, world, 11);
            run(stopped, same, 11);
            stopped.save(folder);
            try (OnlineLearner restored = OnlineLearner.restore(folder, config)) {
                List<StepResult> expected = run(unbroken, world, 9);
                List<StepResult> found = run(restored, same, 9);
                for (int k = 0; k < 9; k++) {
                    assertThat(found.get(k).statistics())
                            .as("step " + k)
                            .isEqualTo(expected.get(k).statistics());
                }
                assertThat(restored.gate()).isEqualTo(unbroken.gate());
                Path one = Files.createDirectory(folder.resolve("one"));
                Path other = Files.createDirectory(folder.resolve("other"));
                restored.save(one);
                unbroken.save(other);
                for (String file : List.of("gate.json", "learner.json", "learner.safetensors", "rows.safetensors")) {
                    assertThat(one.resolve(file)).hasSameBinaryContentAs(other.resolve(file));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(GateMode.class)
    void everyModeButOffTrainsPairsAndCountsWhatCameTrue(GateMode mode, @TempDir Path folder) {
        World world = new World(2, 20, 80);
        try (OnlineLearner learner = new OnlineLearner(SMALL.with("gate", mode.toString()))) {
            world.introduce(learner);
            run(learner, world, 15);
            GateReport report = learner.gate();
            learner.save(folder);
            assertThat(GateReport.read(folder)).isEqualTo(report);
            assertThat(report.mode()).isEqualTo(mode.toString());
            assertThat(report.pairs() > 0).isEqualTo(mode != GateMode.OFF);
            assertThat(report.goldComparisons() > 0).isEqualTo(mode != GateMode.OFF);
            assertThat(report.cells().values().stream()
                            .mapToDouble(GateReport.Cell::golds)
                            .sum())
                    .isEqualTo((double) report.goldComparisons());
            assertThat(report.cells().values().stream()
                            .mapToLong(GateReport.Cell::pairs)
                            .sum())
                    .isEqualTo(report.pairs());
        }
    }

    @Test
    void metaLooksBackInEverySecondStepAndTrainsNoPairsInIt() {
        World world = new World(2, 20, 80);
        try (OnlineLearner learner = new OnlineLearner(SMALL.with("gate", "meta"))) {
            world.introduce(learner);
            List<StepResult> results = run(learner, world, 21);
            List<Double> start = learner.gate().w();
            for (int k = 2; k < results.size(); k++) {
                int pairs = results.get(k).statistics().pairs();
                int before = results.get(k - 1).statistics().pairs();
                assertThat(pairs > 0).isNotEqualTo(before > 0);
            }
            run(learner, world, 2);
            assertThat(learner.gate().w()).isNotEqualTo(start);
        }
    }

    /** The masks' draws touch nothing that is learnt: at trust 0 a run is what it is without them. */
    @Test
    void uncertaintyLeavesPredictionsAsTheyAre() {
        List<List<Double>> losses = new ArrayList<>();
        for (String measure : Measure.names()) {
            World world = new World(2, 20, 80);
            LearnerConfig config = SMALL.with("pair-weight", "0").with("uncertainty", measure);
            try (OnlineLearner learner = new OnlineLearner(config)) {
                world.introduce(learner);
                losses.add(run(learner, world, 10).stream()
                        .map(result -> result.statistics().recommendationLoss())
                        .toList());
            }
        }
        assertThat(losses).allSatisfy(found -> assertThat(found).isEqualTo(losses.get(0)));
    }

    @Test
    void everyMeasureTellsRowsApart() {
        for (Measure measure : Measure.values()) {
            World world = new World(2, 20, 80);
            try (OnlineLearner learner = new OnlineLearner(SMALL.with("uncertainty", measure.toString()))) {
                world.introduce(learner);
                run(learner, world, 20);
                BatchPlan plan = learner.plan();
                world.batch(8).forEach(sample -> plan.add(sample, 0));
                var reading = learner.uncertainty.read(learner.model, plan.rows, 7);
                float[] logits = learner.model.logits(plan.rows);
                double[] q = new double[logits.length];
                for (int row = 0; row < q.length; row++) {
                    q[row] = reading.q(row, logits[row]);
                }
                assertThat(java.util.Arrays.stream(q)).as(measure.toString()).allMatch(one -> one >= 0 && one <= 1);
                assertThat(java.util.Arrays.stream(q).distinct().count())
                        .as(measure.toString())
                        .isGreaterThan(3);
            }
        }
    }
}
