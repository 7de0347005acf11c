package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.SoftScores;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Evidence where requests seldom fire: texts say an item's kind, and users like one kind. */
class ProbesTest {

    private static final LearnerConfig PROBING = LearnerConfig.defaults()
            .with("guidance", "s-llmr")
            .with("dimension", "4")
            .with("cold-history", "3");

    private static SoftScores byEncoder(SoftScores scores) {
        return new SoftScores(
                scores.requestId(),
                scores.user(),
                scores.scores(),
                scores.hidden(),
                World.ENCODER,
                scores.promptVersion(),
                scores.permutations(),
                scores.scoredAt(),
                scores.historyVersion(),
                scores.historyMaxTime());
    }

    private static OnlineLearner learnt(LearnerConfig config, boolean encoder) {
        World world = new World(2, 8, 120);
        OnlineLearner learner = new OnlineLearner(config);
        world.introduce(learner);
        for (int step = 0; step < 12; step++) {
            learner.step(world.batch(16));
            SoftScores scores = world.scores(world.someUser(), 0.5, false);
            learner.scores(encoder ? byEncoder(scores) : scores);
        }
        return learner;
    }

    private static double golds(OnlineLearner learner, String user) {
        return learner.gate().cells().entrySet().stream()
                .filter(cell -> cell.getKey().startsWith(user))
                .mapToDouble(cell -> cell.getValue().golds())
                .sum();
    }

    @Test
    void warmUsersGiveEvidenceForWarmAndColdCells() {
        try (OnlineLearner without = learnt(PROBING, true);
                OnlineLearner with = learnt(PROBING.with("gate-probes", "0.5"), true)) {
            assertThat(golds(with, "warm")).isGreaterThan(golds(without, "warm") + 50);
            assertThat(golds(with, "cold")).isGreaterThan(golds(without, "cold") + 50);
            with.gate().cells().forEach((name, cell) -> {
                if (cell.golds() > 50) {
                    assertThat(cell.agreement()).as(name).isGreaterThan(0.6);
                }
            });
        }
    }

    @Test
    void anotherLanguageModelCannotBeProbed() {
        try (OnlineLearner without = learnt(PROBING, false);
                OnlineLearner with = learnt(PROBING.with("gate-probes", "1"), false)) {
            assertThat(with.gate()).isEqualTo(without.gate());
        }
    }

    @Test
    void theCutHistoryIsTheLastFewItems() {
        try (OnlineLearner learner = learnt(PROBING.with("gate-probes", "1"), true)) {
            List<PendingGold> waiting = List.copyOf(learner.golds.waiting);
            assertThat(waiting).isNotEmpty();
            for (int k = 0; k + 1 < waiting.size(); k++) {
                PendingGold whole = waiting.get(k);
                PendingGold cut = waiting.get(k + 1);
                if (whole.count() > 3 && cut.count() <= 3 && whole.taken() == cut.taken()) {
                    int size = whole.history().size();
                    assertThat(cut.history())
                            .hasSize((int) cut.count())
                            .isEqualTo(whole.history().subList(size - (int) cut.count(), size));
                    assertThat(cut.left()).doesNotContain(cut.taken());
                }
            }
        }
    }
}
