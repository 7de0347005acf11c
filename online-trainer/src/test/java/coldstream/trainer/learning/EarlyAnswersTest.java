package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EarlyAnswersTest {

    private final EarlyAnswers<SoftScores> early = new EarlyAnswers<>(3, SoftScores::user, SoftScores::historyVersion);

    private static SoftScores answer(String user, long version) {
        return new SoftScores(
                user + version,
                new UserId(user),
                List.of(),
                Optional.empty(),
                "m",
                "1",
                1,
                Instant.EPOCH,
                version,
                Instant.EPOCH);
    }

    @Test
    void whatIsDueComesOutOnceInTheOrderItCame() {
        early.add(answer("u", 2));
        early.add(answer("u", 4));
        early.add(answer("u", 1));

        assertThat(early.due(new UserId("u"), 2))
                .extracting(SoftScores::requestId)
                .containsExactly("u2", "u1");
        assertThat(early.due(new UserId("u"), 2)).isEmpty();
        assertThat(early.all()).extracting(SoftScores::requestId).containsExactly("u4");
    }

    @Test
    void aFullMemoryLetsTheNewestGoAndTakesAgainWhenThereIsRoom() {
        for (long version = 1; version <= 4; version++) {
            early.add(answer("u", version));
        }
        assertThat(early.all()).hasSize(3);

        early.due(new UserId("u"), 1);
        early.add(answer("v", 9));

        assertThat(early.all()).extracting(SoftScores::requestId).containsExactly("u2", "u3", "v9");
    }
}
