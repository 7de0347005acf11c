package coldstream.app.evaluate.offline;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.evaluate.offline.EpochTraining.Rules;
import coldstream.app.evaluate.offline.EpochTraining.Trained;
import coldstream.domain.Item;
import coldstream.trainer.learning.LearnerConfig;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Users of four kinds take items of their own kind. */
final class EpochTrainingTest {

    private static final int USERS = 160;
    private static final int ITEMS = 60;
    private static final LearnerConfig CONFIG = LearnerConfig.defaults()
            .with("dimension", "8")
            .with("guidance", "none")
            .with("item-row-start", "random")
            .with("negatives", "1");

    private final int[][] taken = taken();

    @Test
    void goesBackToTheEpochThatValidationLikesBest() throws IOException {
        LeaveOneOut split = SmallSplit.of(ITEMS, taken);
        try (Trained trained = train(split, new Rules(30, 3, false))) {
            List<Double> validation = trained.validation();
            int best = trained.best();
            assertThat(validation.get(best - 1))
                    .isEqualTo(validation.stream().mapToDouble(x -> x).max().orElseThrow());
            assertThat(validation).as("three epochs more, or all").hasSize(Math.min(30, best + 3));
            assertThat(validation.get(best - 1)).isGreaterThan(0.8);
            assertThat(validation.get(best - 1)).isGreaterThan(validation.get(0));
            assertThat(validationArea(split, trained))
                    .as("the network that is handed over is the best one")
                    .isEqualTo(validation.get(best - 1));
        }
    }

    @Test
    void isTheSameAgain() throws IOException {
        LeaveOneOut split = SmallSplit.of(ITEMS, taken);
        try (Trained one = train(split, new Rules(2, 2, true));
                Trained two = train(split, new Rules(2, 2, true));
                Trained fixed = train(split, new Rules(2, 2, false))) {
            assertThat(two.validation()).isEqualTo(one.validation());
            assertThat(fixed.validation().get(1)).isNotEqualTo(one.validation().get(1));
        }
    }

    @Test
    void theTestIsNeverLookedAt() throws IOException {
        int[][] otherTests = taken();
        for (int[] own : otherTests) {
            own[own.length - 1] = (own[own.length - 1] + 1) % ITEMS;
        }
        LeaveOneOut split = SmallSplit.of(ITEMS, taken);
        LeaveOneOut other = SmallSplit.of(ITEMS, otherTests);
        try (Trained one = train(split, new Rules(3, 3, false));
                Trained two = train(other, new Rules(3, 3, false))) {
            assertThat(two.validation()).isEqualTo(one.validation());
            for (int user = 0; user < USERS; user++) {
                int place = split.user(user).test();
                var question = List.of(new Predictor.Question(user, place, 0, 1, 2, 3));
                assertThat(new NetworkPredictor(other, two.learner()).scores(question))
                        .isDeepEqualTo(new NetworkPredictor(split, one.learner()).scores(question));
            }
        }
    }

    private static Trained train(LeaveOneOut split, Rules rules) throws IOException {
        List<Item> items = split.items().stream()
                .map(item -> new Item(item, "", List.of(), Optional.empty(), Optional.empty(), Map.of()))
                .toList();
        var lesson = new Lesson(items, List.of(), List.of());
        return new EpochTraining(split, lesson, rules, (epoch, samples, validation) -> {}).train(CONFIG, 0);
    }

    private static double validationArea(LeaveOneOut split, Trained trained) {
        List<HeldOut> held = new ArrayList<>();
        for (int user : split.tested()) {
            held.add(HeldOut.of(split, user, split.user(user).validation(), 0, "validation"));
        }
        return TestScores.of(new NetworkPredictor(split, trained.learner()), held)
                .area(TestStratum.OVERALL, TestStratum.Tail.of(split))
                .value();
    }

    private static int[][] taken() {
        var random = new SplittableRandom(12);
        int[][] taken = new int[USERS][];
        for (int user = 0; user < USERS; user++) {
            int kind = user % 4;
            taken[user] = random.ints(0, ITEMS / 4)
                    .map(item -> 4 * item + kind)
                    .distinct()
                    .limit(7)
                    .toArray();
        }
        return taken;
    }
}
