package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Evidence;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
                List<ScoredEvent> events = learner.step(oneEach(world)).events();

                List<float[]> found = frozen.measure(events);

                for (int k = 0; k < events.size(); k++) {
                    ScoredEvent event = events.get(k);
                    assertThat(found.get(k)[0]).isEqualTo((float) event.logit(), within(1e-4f));
                    for (int n = 0; n < event.negatives().size(); n++) {
                        float live = (float) event.negatives().get(n).logit();
                        assertThat(found.get(k)[n + 1]).isEqualTo(live, within(1e-4f));
                    }
                }
            }
        }
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
                    List<ScoredEvent> events = learner.step(world.batch(24)).events();
                    if (judging) {
                        judge.applied(new JudgedStep(step, Map.of(), Map.of(), events));
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
        return new RankedContestant(Ranker.load(Snapshots.save(learner, folder.resolve(name))), Map.of());
    }

    private Judge judge(Path frozen) {
        var tribunal = new Tribunal() {
            @Override
            public List<Comparison> comparisons() {
                return List.of(new Comparison(Evidence.LIVE, "1"), new Comparison("2", "1"));
            }

            @Override
            public Contestant load(String version) {
                return new RankedContestant(Ranker.load(frozen), Map.of());
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
