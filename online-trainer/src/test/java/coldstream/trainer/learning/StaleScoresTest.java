package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Sample;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When scores no longer speak for their user. */
class StaleScoresTest {

    private final World world = new World(1, 20, 120);

    /** Scores as old as the user's newest positive, and what they may still say this much later. */
    private boolean speaks(LearnerConfig config, Duration later) {
        try (OnlineLearner learner = new OnlineLearner(config.with("dimension", "4"))) {
            world.introduce(learner);
            Sample sample = world.sample("user-1", 1);
            learner.step(List.of(sample));
            learner.scores(world.scores("user-1", 1, false));
            learner.memory.now = sample.eventTime().plus(later);
            UserMemory user = learner.memory.user(learner.memory.number(sample));
            return Speakers.speaking(learner.memory, user, 1, sample.eventTime().plus(later)) != null;
        }
    }

    @Test
    void scoresGoStaleAfterTheDaysThatAreSetAndNeverByTimeOtherwise() {
        LearnerConfig config = LearnerConfig.defaults().with("guidance", "s-llmr");

        assertThat(speaks(config.with("stale-days", "7"), Duration.ofDays(7))).isTrue();
        assertThat(speaks(config.with("stale-days", "7"), Duration.ofDays(7).plusSeconds(1)))
                .isFalse();
        assertThat(speaks(config, Duration.ofDays(3_000))).isTrue();
    }
}
