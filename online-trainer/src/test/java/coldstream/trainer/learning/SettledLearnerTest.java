package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettledLearnerTest {

    private static final LearnerConfig SMALL =
            LearnerConfig.defaults().with("dimension", "8").with("negatives", "1");

    private final World world = new World(6, 40, 120);
    private final List<Sample> samples = world.batch(300);
    private final List<SoftScores> scores = scores();

    private List<SoftScores> scores() {
        List<SoftScores> all = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            all.add(world.scores("user-" + k, 0.9, k % 2 == 0));
        }
        return all;
    }

    private SettledLearner learner(LearnerConfig config) {
        var learner = new SettledLearner(config);
        for (int number = 0; number < 120; number++) {
            learner.item(World.described(number));
            learner.vector(World.vector(number));
        }
        samples.forEach(learner::know);
        return learner;
    }

    private void epoch(SettledLearner learner) {
        for (int from = 0; from < samples.size(); from += 50) {
            learner.step(samples.subList(from, from + 50));
            scores.subList(from / 50 * 6, from / 50 * 6 + 6).forEach(learner::scores);
        }
    }

    private static List<SettledLearner.Question> questions(List<ScoredEvent> events) {
        return events.stream()
                .map(event -> new SettledLearner.Question(
                        event.sample(),
                        event.negatives().stream()
                                .map(ScoredEvent.Negative::item)
                                .toList()))
                .toList();
    }

    /** The step's own predictions are the oracle: the same rows through the other way. */
    @Test
    void predictsWhatAStepWouldHavePredicted() {
        try (SettledLearner learner = learner(SMALL);
                SettledLearner same = learner(SMALL)) {
            epoch(learner);
            epoch(same);
            List<ScoredEvent> stepped = same.step(samples.subList(0, 50)).events();
            List<ScoredEvent> asked = learner.predict(questions(stepped));
            for (int k = 0; k < stepped.size(); k++) {
                assertThat(asked.get(k).logit()).isEqualTo(stepped.get(k).logit());
                assertThat(asked.get(k).negatives()).isEqualTo(stepped.get(k).negatives());
            }
        }
    }

    @Test
    void whatIsAskedChangesNothingThatIsLearnt() {
        try (SettledLearner asked = learner(SMALL);
                SettledLearner left = learner(SMALL)) {
            for (int epoch = 0; epoch < 2; epoch++) {
                epoch(asked);
                epoch(left);
                asked.predict(List.of(new SettledLearner.Question(
                        samples.get(7), List.of(new ItemId("item-3"), new ItemId("nobody knows it")))));
            }
            assertThat(asked.step(samples)).isEqualTo(left.step(samples));
            assertThat(asked.gate()).isEqualTo(left.gate());
            assertThat(asked.gate().pairs()).isPositive();
            assertThat(asked.gate().goldComparisons()).isPositive();
        }
    }

    @Test
    void visitingASampleAgainCountsNothingTwice() {
        try (SettledLearner learner = learner(SMALL.with("guidance", "none"))) {
            Map<String, Long> known = known(learner);
            epoch(learner);
            epoch(learner);
            assertThat(known(learner)).isEqualTo(known);
            assertThat(known.values().stream().mapToLong(Long::longValue).sum())
                    .as("each sample counts for its user and for its item")
                    .isEqualTo(2L * samples.size());
            assertThatThrownBy(() -> learner.know(samples.get(0))).hasMessageContaining("before the first step");
        }
    }

    /** Positives by user and by item. */
    private static Map<String, Long> known(SettledLearner learner) {
        Memory memory = learner.learner.memory;
        Map<String, Long> counts = new HashMap<>();
        for (int user = 0; user < memory.users.size(); user++) {
            counts.put("user " + user, memory.user(user).count);
        }
        for (int item = 0; item < memory.features.catalogue().size(); item++) {
            counts.put("item " + item, memory.features.catalogue().get(item).count());
        }
        return counts;
    }

    @Test
    void neverDrawsWhatTheUserTakesLater() {
        try (SettledLearner learner = learner(SMALL.with("guidance", "none"))) {
            for (ScoredEvent event : learner.step(samples).events()) {
                List<ItemId> everTaken = samples.stream()
                        .filter(sample -> sample.user().equals(event.sample().user()))
                        .map(Sample::item)
                        .toList();
                assertThat(event.negatives()).hasSize(1);
                assertThat(everTaken).doesNotContain(event.negatives().get(0).item());
            }
        }
    }

    @Test
    void comesBackAsItWasSaved(@TempDir Path folder) throws Exception {
        try (SettledLearner learner = learner(SMALL)) {
            epoch(learner);
            Path saved = Files.createDirectory(folder.resolve("saved"));
            learner.save(saved);
            try (SettledLearner restored = SettledLearner.restore(saved, SMALL)) {
                assertThat(restored.step(samples)).isEqualTo(learner.step(samples));
                assertThat(restored.step(samples)).isEqualTo(learner.step(samples));
            }
        }
    }

    @Test
    void aPeerIsGivenTheVeryComparisonsTheLearnerMakes() {
        var stream = new World(9, 30, 80);
        List<Sample> events = stream.batch(400);
        try (var learner = new OnlineLearner(SMALL.with("warm-up", "20"));
                var comparisons = new Comparisons(SMALL.with("warm-up", "20"))) {
            for (int number = 0; number < 80; number++) {
                learner.item(World.described(number));
                comparisons.item(World.described(number));
            }
            for (int from = 0; from < 400; from += 40) {
                List<ScoredEvent> ours =
                        learner.step(events.subList(from, from + 40)).events();
                List<ScoredEvent> peers = comparisons.next(events.subList(from, from + 40));
                for (int k = 0; k < ours.size(); k++) {
                    assertThat(peers.get(k).sample()).isEqualTo(ours.get(k).sample());
                    assertThat(peers.get(k).scored()).isEqualTo(ours.get(k).scored());
                    assertThat(peers.get(k).negatives().stream().map(ScoredEvent.Negative::item))
                            .containsExactlyElementsOf(ours.get(k).negatives().stream()
                                    .map(ScoredEvent.Negative::item)
                                    .toList());
                    assertThat(peers.get(k).negatives().stream().map(ScoredEvent.Negative::tail))
                            .containsExactlyElementsOf(ours.get(k).negatives().stream()
                                    .map(ScoredEvent.Negative::tail)
                                    .toList());
                }
            }
        }
    }
}
