package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.SoftScores;
import coldstream.trainer.learning.gate.Signals;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the gate learns from. */
class GoldKeeperTest {

    private final LearnerConfig config =
            LearnerConfig.defaults().with("guidance", "s-llmr").with("dimension", "4");
    private final World world = new World(1, 20, 120);
    private final OnlineLearner learner = new OnlineLearner(config);

    GoldKeeperTest() {
        world.introduce(learner);
    }

    @AfterEach
    void close() {
        learner.close();
    }

    @Test
    void anAuditComparesTheHiddenItemWithThreeOthers() {
        learner.step(List.of(world.sample("user-1", 1), world.sample("user-1", 5)));
        learner.scores(world.scores("user-1", 1, true));
        PendingGold gold = learner.golds.waiting.getFirst();
        assertThat(learner.model.features().catalogue().get(gold.taken()).item())
                .isEqualTo(World.item(5));
        assertThat(gold.history()).hasSize(1);
        assertThat(gold.count()).isEqualTo(1);
        assertThat(gold.takenCount()).isZero();
        assertThat(gold.left()).hasSizeBetween(1, 3).doesNotContain(gold.taken());
        assertThat(learner.step(world.batch(4)).statistics().goldComparisons())
                .isEqualTo(gold.left().size());
        assertThat(learner.golds.waiting).isEmpty();
    }

    @Test
    void anAuditOfACutHistoryIsAColdUsersComparisonAndNobodysOpinion() {
        learner.step(List.of(
                world.sample("user-1", 1),
                world.sample("user-1", 5),
                world.sample("user-1", 9),
                world.sample("user-1", 13),
                world.sample("user-1", 17)));
        SoftScores whole = world.scores("user-1", 1, true);

        learner.scores(new SoftScores(
                whole.requestId(),
                whole.user(),
                whole.scores(),
                whole.hidden(),
                whole.model(),
                whole.promptVersion(),
                whole.permutations(),
                whole.scoredAt(),
                whole.historyVersion(),
                whole.historyMaxTime(),
                OptionalInt.of(2)));

        PendingGold gold = learner.golds.waiting.getFirst();
        assertThat(gold.history())
                .extracting(number ->
                        learner.model.features().catalogue().get(number).item())
                .containsExactly(World.item(9), World.item(13));
        assertThat(gold.count()).isEqualTo(2);
        assertThat(learner.memory.queue.size()).isZero();
        assertThat(learner.memory.users.get(0).latest).isNull();
    }

    @Test
    void anItemTakenAfterItWasScoredIsAnOutcome() {
        Instant early = World.time(0).minusSeconds(1);
        List<SoftScores.ItemScore> scores = List.of(
                new SoftScores.ItemScore(World.item(9), 0.2),
                new SoftScores.ItemScore(World.item(10), 0.9),
                new SoftScores.ItemScore(World.item(11), 0.1),
                new SoftScores.ItemScore(World.item(12), 0.2));
        learner.scores(new SoftScores(
                "r", new coldstream.domain.UserId("user-1"), scores, Optional.empty(), "m", "1", 1, early, 0, early));
        learner.step(List.of(world.sample("user-1", 9)));
        assertThat(learner.golds.waiting.getFirst().agreements()).containsExactly(-1, 1);
    }

    @Test
    void withoutAuditsNothingIsGold() {
        learner.step(world.batch(8));
        learner.scores(world.scores("user-1", 1, false));
        assertThat(learner.golds.waiting).isEmpty();
    }

    @Test
    void aReliableLanguageModelEarnsTrustAndAnUselessOneLosesIt() {
        assertThat(alphaAfter(0.95)).isGreaterThan(0.5);
        assertThat(alphaAfter(0.5)).isEqualTo(0.1, within(0.1));
    }

    private double alphaAfter(double right) {
        World stream = new World(3, 40, 200);
        try (OnlineLearner fresh = new OnlineLearner(config.with("gate-rate", "0.05"))) {
            stream.introduce(fresh);
            for (int step = 0; step < 100; step++) {
                fresh.step(stream.batch(8));
                for (int k = 0; k < 12; k++) {
                    fresh.scores(stream.scores(stream.someUser(), right, true));
                }
            }
            return fresh.gate.alpha(Signals.ofCell(3));
        }
    }
}
