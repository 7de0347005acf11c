package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WithinEventsTest {

    private static final LearnerConfig CONFIG =
            LearnerConfig.defaults().with("dimension", "8").with("warm-up", "100");

    @TempDir
    private Path folder = Path.of("");

    private final List<ScoredEvent> asked = new ArrayList<>();

    @Test
    void askingChangesNothingThatIsLearntOrPredicted() {
        List<ScoredEvent> plain = run(0, "plain");
        List<ScoredEvent> besides = run(0.5, "besides");

        assertThat(asked.size()).isBetween(30, 100);
        assertThat(besides).isEqualTo(plain);
        Snapshots.assertEqual(folder.resolve("plain"), folder.resolve("besides"));
    }

    @Test
    void anEventIsComparedWithManyItemsThatSomebodyTookAndTheUserDidNot() {
        List<ScoredEvent> events = run(1, "all");
        Map<String, ScoredEvent> bySample = new HashMap<>();
        events.forEach(event -> bySample.put(event.sample().sampleId(), event));

        assertThat(asked)
                .as("every event after the warm-up of an item taken before")
                .hasSize((int) events.stream()
                        .filter(event -> event.scored() && !event.newItem())
                        .count())
                .allSatisfy(event -> {
                    assertThat(event.negatives()).hasSize(99).allSatisfy(negative -> assertThat(negative.item())
                            .isNotEqualTo(event.sample().item())
                            .isNotIn(event.sample().history()));
                    assertThat(event.logit())
                            .as("the prediction that counts")
                            .isEqualTo(
                                    Objects.requireNonNull(
                                                    bySample.get(event.sample().sampleId()))
                                            .logit(),
                                    within(1e-4));
                });
        assertThat(asked.stream()
                        .flatMap(event -> event.negatives().stream())
                        .map(Negative::logit)
                        .distinct())
                .hasSizeGreaterThan(1_000);
    }

    @Test
    void everySeedIsAskedAboutTheSameEvents() {
        run(0.3, "first");
        List<String> first =
                asked.stream().map(event -> event.sample().sampleId()).toList();
        asked.clear();

        run(CONFIG.with("seed", "9"), 0.3, "second");

        assertThat(asked.stream().map(event -> event.sample().sampleId())).isEqualTo(first);
    }

    private List<ScoredEvent> run(double share, String name) {
        return run(CONFIG, share, name);
    }

    private List<ScoredEvent> run(LearnerConfig config, double share, String name) {
        World world = new World(3, 40, 300);
        List<ScoredEvent> events = new ArrayList<>();
        try (OnlineLearner learner = new OnlineLearner(config)) {
            world.introduce(learner);
            learner.askWithin(share, asked::add);
            for (int step = 0; step < 20; step++) {
                events.addAll(learner.step(world.batch(16)).events());
                learner.scores(world.scores(world.someUser(), 0.8, true));
            }
            Snapshots.save(learner, folder.resolve(name));
        }
        return events;
    }
}
