package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserContext;
import coldstream.domain.UserState;
import coldstream.model.CatalogueItem;
import coldstream.model.Ranker;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
}
