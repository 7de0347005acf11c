package coldstream.app.evaluate.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.Change;
import coldstream.app.dataset.Drift;
import coldstream.app.dataset.SimulatedShop;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class WorseningTest {

    private static final SimulatedShop SHOP =
            new SimulatedShop(1_000, 1, List.of(Drift.parse("language-model@0.4-0.6")));
    private static final Change CHANGE = Change.of(SHOP).get(0);

    @Test
    void whileItLastsScoresGoToOtherItemsAndAreTheSameScores() {
        SoftScores sound = new Sorted().answer(request(CHANGE.from())).orElseThrow();

        SoftScores worse =
                Worsening.of(new Sorted(), SHOP).answer(request(CHANGE.from())).orElseThrow();

        assertThat(worse).isNotEqualTo(sound);
        assertThat(worse.scores()).extracting(ItemScore::item).isEqualTo(items(sound));
        assertThat(worse.scores())
                .extracting(ItemScore::score)
                .containsExactlyInAnyOrderElementsOf(
                        sound.scores().stream().map(ItemScore::score).toList());
    }

    @Test
    void beforeAndAfterItAnswersAsItWould() {
        for (Instant time :
                List.of(CHANGE.from().minusSeconds(1), CHANGE.until().plusSeconds(1))) {
            assertThat(Worsening.of(new Sorted(), SHOP).answer(request(time)))
                    .isEqualTo(new Sorted().answer(request(time)));
        }
    }

    private static List<ItemId> items(SoftScores scores) {
        return scores.scores().stream().map(ItemScore::item).toList();
    }

    private static ScoreRequest request(Instant time) {
        return new ScoreRequest(
                "r", new UserId("u"), List.of(), ScoreRequest.Reason.COLD_USER, List.of(), 0, time, time);
    }

    /** Scores twenty items, each better than the one before. */
    private static final class Sorted implements Teacher {

        @Override
        public List<ItemVector> vectors() {
            return List.of();
        }

        @Override
        public void taken(UserId user, ItemId item) {}

        @Override
        public Optional<SoftScores> answer(ScoreRequest request) {
            List<ItemScore> scores = IntStream.range(0, 20)
                    .mapToObj(k -> new ItemScore(new ItemId("i" + k), k / 20.0))
                    .toList();
            return Optional.of(new SoftScores(
                    request.requestId(),
                    request.user(),
                    scores,
                    Optional.empty(),
                    "sorted",
                    "1",
                    1,
                    request.requestedAt(),
                    0,
                    request.historyMaxTime()));
        }
    }
}
