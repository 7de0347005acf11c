package coldstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreStore;
import coldstream.domain.ScoreStore.StoredScore;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What every {@link ScoreStore} must do; each implementation's test extends this. */
public abstract class ScoreStoreContract {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final UserId USER = new UserId("u1");
    private static final ItemId ONE = new ItemId("i1");
    private static final ItemId TWO = new ItemId("i2");

    /** A store nobody else uses, empty. */
    protected abstract ScoreStore emptyStore();

    /** An answer for tests. */
    protected static SoftScores answer(UserId user, String request, Instant scoredAt, ItemScore... scores) {
        return new SoftScores(
                request, user, List.of(scores), Optional.empty(), "model-1", "v1", 1, scoredAt, 1, scoredAt);
    }

    protected static ItemScore score(String item, double score) {
        return new ItemScore(new ItemId(item), score);
    }

    private static Map<ItemId, Double> scoresOf(ScoreStore store) {
        Map<ItemId, Double> scores = new HashMap<>();
        store.find(USER).forEach((item, stored) -> scores.put(item, stored.score()));
        return scores;
    }

    @Test
    void returnsWhatWasPutWithWhereItCameFrom() {
        ScoreStore store = emptyStore();

        store.put(answer(USER, "r1", NOON, score("i1", 0.25), score("i2", 1)));

        assertThat(store.find(USER))
                .hasSize(2)
                .containsEntry(ONE, new StoredScore(0.25, "r1", "model-1", NOON, 1, false))
                .containsEntry(TWO, new StoredScore(1, "r1", "model-1", NOON, 1, false));
    }

    @Test
    void tellsTheItemAnAuditHidFromTheOthers() {
        ScoreStore store = emptyStore();

        store.put(new SoftScores(
                "r1",
                USER,
                List.of(score("i1", 0.25), score("i2", 1)),
                Optional.of(TWO),
                "model-1",
                "v1",
                1,
                NOON,
                7,
                NOON));

        assertThat(store.find(USER))
                .containsEntry(ONE, new StoredScore(0.25, "r1", "model-1", NOON, 7, false))
                .containsEntry(TWO, new StoredScore(1, "r1", "model-1", NOON, 7, true));
    }

    @Test
    void keepsNothingOfAHistoryThatWasCut() {
        ScoreStore store = emptyStore();
        SoftScores whole = answer(USER, "r1", NOON, score("i1", 0.25));

        store.putAll(List.of(
                whole,
                new SoftScores(
                        "r2",
                        USER,
                        List.of(score("i1", 1), score("i2", 1)),
                        Optional.of(TWO),
                        "model-1",
                        "v1",
                        1,
                        NOON.plusSeconds(1),
                        1,
                        NOON,
                        OptionalInt.of(1))));

        assertThat(scoresOf(store)).containsExactlyEntriesOf(Map.of(ONE, 0.25));
    }

    @Test
    void knowsNothingOfAUserNobodyScored() {
        assertThat(emptyStore().find(USER)).isEmpty();
    }

    @Test
    void aNewerAnswerReplacesAnOlderOneForTheSameItemOnly() {
        ScoreStore store = emptyStore();
        store.put(answer(USER, "r1", NOON, score("i1", 0.1), score("i2", 0.2)));

        store.put(answer(USER, "r2", NOON.plusMillis(1), score("i1", 0.9)));

        assertThat(store.find(USER))
                .containsEntry(ONE, new StoredScore(0.9, "r2", "model-1", NOON.plusMillis(1), 1, false))
                .containsEntry(TWO, new StoredScore(0.2, "r1", "model-1", NOON, 1, false));
    }

    @Test
    void anOlderAnswerNeverReplacesANewerOneButAddsWhatIsMissing() {
        ScoreStore store = emptyStore();
        store.put(answer(USER, "r2", NOON, score("i1", 0.9)));

        store.put(answer(USER, "r1", NOON.minusSeconds(1), score("i1", 0.1), score("i2", 0.2)));

        assertThat(scoresOf(store)).containsExactlyInAnyOrderEntriesOf(Map.of(ONE, 0.9, TWO, 0.2));
    }

    @Test
    void aFractionOfASecondDecidesWhichAnswerIsOlder() {
        ScoreStore store = emptyStore();
        store.put(answer(USER, "r2", NOON.plusMillis(500), score("i1", 0.9)));

        store.put(answer(USER, "r1", NOON, score("i1", 0.1)));

        assertThat(scoresOf(store)).containsEntry(ONE, 0.9);
    }

    @Test
    void puttingTheSameAnswerAgainChangesNothing() {
        ScoreStore store = emptyStore();
        SoftScores answer = answer(USER, "r1", NOON, score("i1", 0.25));

        store.putAll(List.of(answer, answer));
        store.put(answer);

        assertThat(scoresOf(store)).containsExactlyEntriesOf(Map.of(ONE, 0.25));
    }

    @Test
    void keepsUsersAndItemsApartWhateverTheirNamesContain() {
        ScoreStore store = emptyStore();
        List<String> names =
                List.of("a:b", "a", "a}:soft", "{a}", "a%3Ab", "a b", "\"a\"", "a\\", "ä", "\uD83D\uDE00", "*");
        List<SoftScores> answers = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            answers.add(answer(new UserId(names.get(i)), "r" + i, NOON, score(names.get(i), i / 100.0)));
        }

        store.putAll(answers);

        for (int i = 0; i < names.size(); i++) {
            assertThat(store.find(new UserId(names.get(i))))
                    .as(names.get(i))
                    .containsExactlyEntriesOf(Map.of(
                            new ItemId(names.get(i)), new StoredScore(i / 100.0, "r" + i, "model-1", NOON, 1, false)));
        }
    }

    @Test
    void keepsRequestsWhateverTheirNamesContain() {
        ScoreStore store = emptyStore();
        String odd = "\"time\":\"9\" } \\ \n ü";

        store.put(answer(USER, odd, NOON, score("i1", 0.25)));
        store.put(answer(USER, "later", NOON.plusSeconds(1), score("i1", 0.5)));
        store.put(answer(USER, odd, NOON.plusSeconds(2), score("i1", 0.75)));

        assertThat(store.find(USER))
                .containsEntry(ONE, new StoredScore(0.75, odd, "model-1", NOON.plusSeconds(2), 1, false));
    }

    @Test
    void anAnswerWithoutScoresIsNoAnswer() {
        ScoreStore store = emptyStore();

        store.put(answer(USER, "r1", NOON));

        assertThat(store.find(USER)).isEmpty();
    }
}
