package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Evidence;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import coldstream.model.Ranker;
import coldstream.testkit.Await;
import coldstream.trainer.judge.Contestant;
import coldstream.trainer.judge.Judge;
import coldstream.trainer.judge.JudgeConfig;
import coldstream.trainer.judge.JudgeMetrics;
import coldstream.trainer.judge.JudgedStep;
import coldstream.trainer.judge.RankedContestant;
import coldstream.trainer.judge.Tribunal;
import coldstream.wire.Comparison;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frozen versions of the real model beside the learner that made them. */
class JudgedWhileLearningTest {

    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final int STEPS = 30;

    private final Path folder;
    private final List<Evidence> submitted = new CopyOnWriteArrayList<>();

    JudgedWhileLearningTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void aVersionJustFrozenPredictsWhatTheLearnerPredicts() {
        var world = new World(7, 60, 80);
        try (OnlineLearner learner = new OnlineLearner(LearnerConfig.defaults())) {
            world.introduce(learner);
            for (int step = 0; step < STEPS; step++) {
                learner.step(world.batch(24));
            }
            try (Contestant frozen = frozen(learner, "now")) {
                StepResult found = learner.step(oneEach(world));

                assertThat(furthest(frozen, step(found), found.events())).isLessThan(1e-4);
            }
        }
    }

    /** Said after the version was frozen: a server that answers with it has it from Redis, and the learner from the stream. */
    @ParameterizedTest
    @ValueSource(strings = {"residual", "profile"})
    void whatALanguageModelSaidSinceCountsForAFrozenVersionAsForTheLearner(String guidance) {
        var world = new World(7, 60, 80);
        LearnerConfig config =
                LearnerConfig.defaults().with("guidance", guidance).with("residual-caution", "0");
        try (OnlineLearner learner = new OnlineLearner(config)) {
            world.introduce(learner);
            for (int step = 0; step < STEPS; step++) {
                List<Sample> batch = world.batch(24);
                batch.forEach(
                        sample -> learner.profile(world.profile(sample.user().value())));
                learner.step(batch);
            }
            try (Contestant frozen = frozen(learner, "before")) {
                for (String user : List.of("user-1", "user-2", "user-3")) {
                    learner.scores(aboutEverything(world.scores(user, 0.9, false)));
                    learner.profile(world.profile(user));
                }
                StepResult found = learner.step(oneEach(world));

                assertThat(furthest(frozen, step(found), found.events())).isLessThan(1e-4);
                var unheard = new StepResult(1, found.events(), StepResult.Statistics.NONE);
                assertThat(furthest(frozen, step(unheard), found.events())).isGreaterThan(1e-2);
            }
        }
    }

    private static JudgedStep step(StepResult found) {
        return JudgedStep.of(found, found.step(), Map.of(), Map.of());
    }

    /** The largest distance between what a frozen version and the learner predict. */
    private static double furthest(Contestant frozen, JudgedStep step, List<ScoredEvent> events) {
        List<float[]> found = frozen.measure(step.events(), step.users());
        double furthest = 0;
        for (int k = 0; k < events.size(); k++) {
            ScoredEvent event = events.get(k);
            furthest = Math.max(furthest, Math.abs(found.get(k)[0] - event.logit()));
            for (int n = 0; n < event.negatives().size(); n++) {
                double live = event.negatives().get(n).logit();
                furthest = Math.max(furthest, Math.abs(found.get(k)[n + 1] - live));
            }
        }
        return furthest;
    }

    /** The same request with a score for each item there is. */
    private static SoftScores aboutEverything(SoftScores scores) {
        List<SoftScores.ItemScore> all = IntStream.range(0, 80)
                .mapToObj(item -> new SoftScores.ItemScore(World.item(item), item % 7 / 7.0))
                .toList();
        return new SoftScores(
                scores.requestId(),
                scores.user(),
                all,
                scores.hidden(),
                scores.model(),
                scores.promptVersion(),
                scores.permutations(),
                scores.scoredAt(),
                scores.historyVersion(),
                scores.historyMaxTime());
    }

    @Test
    void whatIsLearntIsToTheByteWhatItWouldBeWithoutAJudge() {
        Path alone = learn("alone", false);
        Path judged = learn("judged", true);

        Snapshots.assertEqual(alone, judged);
        assertThat(submitted).isNotEmpty();
        assertThat(submitted.get(0).strata()).containsKey("overall");
    }

    private Path learn(String name, boolean judging) {
        var world = new World(8, 60, 80);
        try (OnlineLearner learner = new OnlineLearner(LearnerConfig.defaults())) {
            world.introduce(learner);
            for (int step = 0; step < STEPS; step++) {
                learner.step(world.batch(24));
            }
            Path frozen = Snapshots.save(learner, folder.resolve(name + "-frozen"));
            try (Judge judge = judge(frozen)) {
                if (judging) {
                    judge.start();
                    Await.until("the judge sits", () -> judge.takes(1));
                }
                for (int step = 0; step < STEPS; step++) {
                    StepResult found = learner.step(world.batch(24));
                    if (judging) {
                        judge.applied(step(found));
                    }
                }
                if (judging) {
                    Await.until("evidence", () -> !submitted.isEmpty());
                }
                return Snapshots.save(learner, folder.resolve(name));
            }
        }
    }

    /** Samples of users who are all different, and items too: no event of the batch changes what another is predicted from. */
    private static List<Sample> oneEach(World world) {
        return List.of(
                world.sample("user-1", 5),
                world.sample("user-2", 10),
                world.sample("user-3", 15),
                world.sample("x", 21));
    }

    private Contestant frozen(OnlineLearner learner, String name) {
        return new RankedContestant(Ranker.ofFew(Snapshots.save(learner, folder.resolve(name))), Map.of());
    }

    private Judge judge(Path frozen) {
        var tribunal = new Tribunal() {
            @Override
            public List<Comparison> comparisons() {
                return List.of(new Comparison(Evidence.LIVE, "1"), new Comparison("2", "1"));
            }

            @Override
            public Contestant load(String version) {
                return new RankedContestant(Ranker.ofFew(frozen), Map.of());
            }

            @Override
            public void submit(List<Evidence> evidence) {
                submitted.addAll(evidence);
            }
        };
        var config = new JudgeConfig(1, 8_192, OFTEN, OFTEN);
        return new Judge("ctr", config, tribunal, new JudgeMetrics(new SimpleMeterRegistry()), InstantSource.system());
    }
}
