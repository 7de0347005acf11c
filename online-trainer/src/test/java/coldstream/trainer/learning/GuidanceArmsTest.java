package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserState;
import coldstream.model.Ranker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every arm and every way of choosing pairs, in whole learners. */
class GuidanceArmsTest {

    /** As {@code --learner} would have them. */
    private static LearnerConfig config(String knobs) {
        LearnerConfig config = LearnerConfig.defaults().with("dimension", "8");
        for (String knob : knobs.split(",", -1)) {
            config = config.with(knob.substring(0, knob.indexOf('=')), knob.substring(knob.indexOf('=') + 1));
        }
        return config;
    }

    private static OnlineLearner learner(LearnerConfig config, World world) {
        OnlineLearner learner = new OnlineLearner(config);
        world.introduce(learner);
        return learner;
    }

    private static List<StepResult> run(OnlineLearner learner, World world, int steps, boolean labelled) {
        List<StepResult> results = new ArrayList<>();
        for (int step = 0; step < steps; step++) {
            List<Sample> batch = new ArrayList<>();
            for (Sample sample : world.batch(16)) {
                batch.add(labelled && batch.size() % 3 == 0 ? disliked(sample) : sample);
            }
            if (learner.config().guidance.has(Guidance.Arm.PROFILE)) {
                learner.profile(world.profile(world.someUser())); // knows of the batch already
            }
            results.add(learner.step(batch));
            if (learner.config().guidance.has(Guidance.Arm.PROFILE)) {
                learner.profile(world.profile(world.someUser()));
            }
            for (int k = 0; k < 6; k++) {
                learner.scores(world.scores(world.someUser(), 0.8, k % 2 == 0));
            }
        }
        return results;
    }

    private static Sample disliked(Sample sample) {
        return disliked(sample, sample.item());
    }

    private static Sample disliked(Sample sample, ItemId item) {
        return new Sample(
                sample.sampleId(),
                sample.user(),
                item,
                0,
                sample.strength(),
                sample.weight(),
                sample.history(),
                sample.userCount(),
                sample.userNegatives(),
                sample.itemCount(),
                sample.cold(),
                sample.tail(),
                sample.eventTime(),
                sample.ingestTime());
    }

    /** Checksums by name. */
    private static Map<String, Long> files(OnlineLearner learner, Path folder) throws IOException {
        Files.createDirectories(folder);
        learner.save(folder);
        Map<String, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.toList()) {
                CRC32 checksum = new CRC32();
                checksum.update(Files.readAllBytes(file));
                files.put(file.getFileName().toString(), checksum.getValue());
            }
        }
        return files;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guidance=none",
                "guidance=s-llmr,pair-space=probability,replay-draw=priority",
                "guidance=s-llmr+residual,pair-choice=widest,pair-reduction=sum,residual-shape=bends",
                "guidance=pointwise-mse,gate=global",
                "guidance=pointwise-bce+residual,gate=literal",
                "guidance=teacher-field,recent-positives=50",
                "guidance=profile,profiles=5",
                "guidance=s-llmr+residual+profile,residual-shape=bends",
                "guidance=profile,labels=explicit",
                "guidance=s-llmr+pointwise-mse+residual+teacher-field,residual-shape=bends",
                "guidance=residual+teacher-field,labels=explicit",
                "guidance=s-llmr+residual,labels=impressions"
            })
    void everyArmContinuesFromASnapshotAsIfNeverStopped(String knobs, @TempDir Path folder) throws IOException {
        LearnerConfig config = config(knobs);
        boolean labelled = knobs.contains("labels");
        World world = new World(2, 40, 120);
        World same = new World(2, 40, 120);
        try (OnlineLearner unbroken = learner(config, world);
                OnlineLearner stopped = learner(config, same)) {
            run(unbroken, world, 12, labelled);
            run(stopped, same, 12, labelled);
            stopped.save(Files.createDirectory(folder.resolve("middle")));
            try (OnlineLearner restored = OnlineLearner.restore(folder.resolve("middle"), config)) {
                assertThat(run(restored, same, 12, labelled)).isEqualTo(run(unbroken, world, 12, labelled));
                assertThat(restored.gate()).isEqualTo(unbroken.gate());
                assertThat(files(restored, folder.resolve("a"))).isEqualTo(files(unbroken, folder.resolve("b")));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guidance=s-llmr",
                "guidance=s-llmr,pair-space=probability",
                "guidance=s-llmr,pair-reduction=sum,pair-choice=widest",
                "guidance=pointwise-mse",
                "guidance=pointwise-bce,replay-draw=priority"
            })
    void anArmWithoutTrustLeavesTheStepAsItIsBitForBit(String knobs, @TempDir Path folder) throws IOException {
        World world = new World(5, 40, 120);
        World same = new World(5, 40, 120);
        try (OnlineLearner base = learner(config("guidance=none"), world);
                OnlineLearner guided = learner(config(knobs + ",gate=global,pair-weight=0"), same)) {
            List<StepResult> expected = run(base, world, 12, false);
            List<StepResult> found = run(guided, same, 12, false);
            assertThat(found.stream().mapToInt(r -> r.statistics().pairs()).sum())
                    .isPositive();
            assertThat(found.stream().map(StepResult::events).toList())
                    .isEqualTo(expected.stream().map(StepResult::events).toList());
            String dense = "dense.safetensors";
            assertThat(files(guided, folder.resolve("guided")).get(dense))
                    .isEqualTo(files(base, folder.resolve("base")).get(dense));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"s-llmr", "pointwise-mse", "pointwise-bce"})
    void theDoseTheActiveShareAndTheRatioOfGradientsAreReported(String arm) {
        World world = new World(5, 40, 120);
        try (OnlineLearner guided = learner(config("gate=global,pair-weight=0.3,guidance=" + arm), world)) {
            List<StepResult> results = run(guided, world, 6, false);
            StepResult.Statistics last = results.get(5).statistics();
            assertThat(last.dose()).isEqualTo(0.3, within(1e-12));
            assertThat(last.gradientRatio()).isPositive();
            GateReport.Dose mean = guided.gate().dose();
            assertThat(mean.effective()).isEqualTo(0.3, within(1e-12));
            assertThat(mean.activeHinges()).isBetween(0.1, 1.0);
            assertThat(mean.gradientRatio()).isPositive();
        }
    }

    /** Labels that come with the data leave nothing to draw: liked and disliked items are compared instead. */
    @ParameterizedTest
    @ValueSource(strings = {"explicit", "impressions"})
    void labelledStreamsTeachTheResidual(String labels) {
        World world = new World(6, 20, 120);
        try (OnlineLearner learner = learner(config("guidance=residual,labels=" + labels), world)) {
            for (int step = 0; step < 60; step++) {
                List<Sample> batch = new ArrayList<>();
                for (Sample sample : world.batch(16)) {
                    int number = Integer.parseInt(sample.item().value().substring(5));
                    batch.add(sample);
                    batch.add(disliked(sample, World.item((number + 1) % 120)));
                }
                assertThat(learner.step(batch).events())
                        .allMatch(event -> event.negatives().isEmpty());
            }
            assertThat(learner.gate().residual().get("history_10_head")).isPositive();
        }
    }

    /** The ranker must say of a snapshot what the learner says of its next sample, signal field included. */
    @Test
    void theRankerSeesTheSignalsFieldAsTheLearnerDoes(@TempDir Path folder) {
        World world = new World(12, 40, 120);
        LearnerConfig config = config("guidance=residual+teacher-field,residual-shape=bends,recent-positives=50");
        try (OnlineLearner learner = learner(config, world)) {
            run(learner, world, 30, false);
            learner.save(folder);
            try (Ranker ranker = Ranker.load(folder);
                    OnlineLearner next = OnlineLearner.restore(folder, config)) {
                Sample sample = world.sample(world.someUser(), 8);
                ScoredEvent expected = next.step(List.of(sample)).events().get(0);
                List<ItemId> items = new ArrayList<>(List.of(sample.item()));
                expected.negatives().forEach(negative -> items.add(negative.item()));
                UserState state = new UserState(sample.history(), sample.userCount());
                float[] scores = ranker.score(state, sample.user(), items);
                assertThat((double) scores[0]).isEqualTo(expected.logit(), within(1e-4));
            }
        }
    }

    @Test
    void calibratedLogitsAreLowerByTheSamplingOddsWhenServed(@TempDir Path folder) throws IOException {
        World world = new World(12, 40, 120);
        World same = new World(12, 40, 120);
        try (OnlineLearner plain = learner(config("guidance=none"), world);
                OnlineLearner calibrated = learner(config("guidance=none,calibrate=true"), same)) {
            assertThat(run(calibrated, same, 10, false)).isEqualTo(run(plain, world, 10, false));
            int seen = calibrated.memory.candidates.seen.size();
            plain.save(Files.createDirectory(folder.resolve("plain")));
            calibrated.save(Files.createDirectory(folder.resolve("calibrated")));
            try (Ranker one = Ranker.load(folder.resolve("plain"));
                    Ranker two = Ranker.load(folder.resolve("calibrated"))) {
                Sample sample = world.sample(world.someUser(), 8);
                UserState state = new UserState(sample.history(), sample.userCount());
                List<ItemId> items = List.of(World.item(1), World.item(2));
                float[] raw = one.score(state, sample.user(), items);
                float[] served = two.score(state, sample.user(), items);
                for (int k = 0; k < 2; k++) {
                    assertThat((double) served[k]).isEqualTo(raw[k] + Math.log(2.0 / seen), within(1e-5));
                }
            }
        }
    }

    @Test
    void armsCombineInAnyOrderAndOthersAreRefused() {
        assertThat(Guidance.parse("residual+s-llmr+teacher-field")).hasToString("s-llmr+residual+teacher-field");
        assertThat(Guidance.parse("pointwise-bce+pointwise-mse")).hasToString("pointwise-mse+pointwise-bce");
        assertThat(Guidance.parse("none").arms()).isEmpty();
        assertThatThrownBy(() -> Guidance.parse("s-llmr+magic")).hasMessageContaining("got s-llmr+magic");
    }
}
