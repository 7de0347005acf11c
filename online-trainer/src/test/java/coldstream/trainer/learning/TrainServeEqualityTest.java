package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import coldstream.domain.UserContext;
import coldstream.domain.UserState;
import coldstream.model.CatalogueItem;
import coldstream.model.Ranker;
import coldstream.testkit.InMemoryScoreStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is measured while learning is what is served: the learner's prediction of its next sample, made before it learns from
 * it, and the ranker's score from the snapshot before that are one number, up to the order of sums.
 */
class TrainServeEqualityTest {

    /** Of 1 + |logit|: some roundings of 32-bit sums. */
    private static final double BOUND = 3e-6;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guidance=residual",
                "guidance=residual,residual-shape=bends",
                "guidance=s-llmr+residual,gate=global",
                "guidance=residual,dense-average=0.9,predict-with=served",
                "guidance=residual,backbone=din",
                "guidance=residual+teacher-field",
            })
    void theLearnersPredictionIsTheServedScore(String knobs, @TempDir Path folder) {
        LearnerConfig config = LearnerConfig.defaults();
        for (String knob : knobs.split(",", -1)) {
            config = config.with(knob.split("=", 2)[0], knob.split("=", 2)[1]);
        }
        World world = new World(12, 40, 120);
        try (OnlineLearner learner = new OnlineLearner(config)) {
            world.introduce(learner);
            for (int step = 0; step < 30; step++) {
                learner.step(world.batch(16));
            }
            learner.save(folder);
        }
        int compared = 0;
        try (Ranker ranker = Ranker.load(folder)) {
            for (int ahead = 0; ahead < 5; ahead++) {
                Sample sample = world.next();
                ScoredEvent expected;
                try (OnlineLearner next = OnlineLearner.restore(folder, config)) {
                    expected = next.step(List.of(sample)).events().get(0);
                }
                UserContext user = UserContext.of(sample.user(), new UserState(sample.history(), sample.userCount()));
                List<ItemId> items = new ArrayList<>(List.of(sample.item()));
                List<Double> logits = new ArrayList<>(List.of(expected.logit()));
                expected.negatives().forEach(negative -> {
                    items.add(negative.item());
                    logits.add(negative.logit());
                });
                float[] some = ranker.score(user, items);
                float[] all = ranker.scoreAll(user);
                List<ItemId> catalogue =
                        ranker.catalogue().stream().map(CatalogueItem::item).toList();
                for (int k = 0; k < items.size(); k++) {
                    double bound = BOUND * (1 + Math.abs(logits.get(k)));
                    assertThat((double) some[k]).isEqualTo(logits.get(k), within(bound));
                    assertThat((double) all[catalogue.indexOf(items.get(k))]).isEqualTo(logits.get(k), within(bound));
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThanOrEqualTo(15);
    }

    /** Scores of another language model, in Redis for serving and in the stream for the learner, audits among them. */
    @ParameterizedTest
    @ValueSource(
            strings = {"guidance=residual", "guidance=residual,residual-shape=bends", "guidance=residual+teacher-field"
            })
    void storedScoresCountInAnswersAsTheyDoInLearning(String knobs, @TempDir Path folder) {
        LearnerConfig config = LearnerConfig.defaults();
        for (String knob : knobs.split(",", -1)) {
            config = config.with(knob.split("=", 2)[0], knob.split("=", 2)[1]);
        }
        World world = new World(13, 10, 120);
        InMemoryScoreStore store = new InMemoryScoreStore();
        try (OnlineLearner learner = new OnlineLearner(config)) {
            world.introduce(learner);
            for (int step = 0; step < 30; step++) {
                for (int user = 0; user < 10; user += 3) {
                    SoftScores scores = world.scores("user-" + user, 0.9, step % 3 == 0);
                    learner.scores(scores);
                    store.put(scores);
                }
                learner.step(world.batch(16));
            }
            learner.save(folder);
        }
        int moved = 0;
        try (Ranker ranker = Ranker.load(folder)) {
            Map<ItemId, Long> counts =
                    ranker.catalogue().stream().collect(Collectors.toMap(CatalogueItem::item, CatalogueItem::count));
            for (int ahead = 0; ahead < 40; ahead++) {
                Sample sample = world.next();
                if (counts.getOrDefault(sample.item(), 0L) != sample.itemCount()) {
                    continue; // taken since the snapshot
                }
                ScoredEvent expected;
                try (OnlineLearner next = OnlineLearner.restore(folder, config)) {
                    expected = next.step(List.of(sample)).events().get(0);
                }
                var state = new UserState(sample.history(), sample.userCount());
                var context =
                        new UserContext(sample.user(), Optional.of(state), store.find(sample.user()), Optional.empty());
                List<ItemId> items = new ArrayList<>(List.of(sample.item()));
                List<Double> logits = new ArrayList<>(List.of(expected.logit()));
                expected.negatives().forEach(negative -> {
                    items.add(negative.item());
                    logits.add(negative.logit());
                });
                float[] with = ranker.score(context, items);
                float[] without = ranker.score(UserContext.of(sample.user(), state), items);
                for (int k = 0; k < items.size(); k++) {
                    double bound = BOUND * (1 + Math.abs(logits.get(k)));
                    assertThat((double) with[k]).isEqualTo(logits.get(k), within(bound));
                    moved += Math.abs(without[k] - logits.get(k)) > bound ? 1 : 0;
                }
            }
        }
        assertThat(moved).as("scores that the stored ones changed").isPositive();
    }
}
