package coldstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.ItemId;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.model.Likeness;
import coldstream.serving.Recommender.Ranking;
import coldstream.serving.Recommender.Strategy;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecommenderTest {

    private static final UserContext TOOK_B =
            UserContext.of(new UserId("ann"), new UserState(List.of(new ItemId("b")), 1));
    private static final UserContext STRANGER = UserContext.unknown(new UserId("new"));

    /** Popularity and score disagree on purpose. */
    private static final FakeModel.Table TABLE = new FakeModel.Table(
            Map.of("a", 1f, "b", 4f, "c", 3f, "d", 2f),
            Map.of("a", 90L, "b", 1L, "c", 50L, "d", 2L),
            Map.of("ann", List.of("c")));

    @Test
    void somebodyWithAHistoryGetsWhatTheModelScoresHighestWithoutWhatTheyTook() {
        Ranking ranking = Recommender.rank(version(TABLE), TOOK_B, Wish.best(10));

        assertThat(ranking.strategy()).isEqualTo(Strategy.PERSONAL);
        assertThat(names(ranking)).containsExactly("d", "a"); // b is in the history, c was taken before
    }

    @Test
    void atMostKItemsComeBack() {
        assertThat(names(Recommender.rank(version(TABLE), TOOK_B, Wish.best(1))))
                .containsExactly("d");
    }

    @Test
    void somebodyUnknownGetsTheModelsRankingJoinedWithPopularity() {
        Ranking ranking = Recommender.rank(version(TABLE), STRANGER, Wish.best(10));

        assertThat(ranking.strategy()).isEqualTo(Strategy.COLD_START);
        // ranks by model b c d a, by popularity a c d b:
        // a, b: 1/64 + 1/61 = .0320184; c: 1/62 + 1/62 = .0322581; d: 1/63 + 1/63 = .0317460
        assertThat(names(ranking)).containsExactly("c", "a", "b", "d");
    }

    @Test
    void aModelWhoseScoresAreNoNumbersNeverAnswers() {
        var broken = new FakeModel.Table(Map.of("a", Float.NaN), Map.of("a", 1L), Map.of());

        assertThatThrownBy(() -> version(broken)).hasMessageContaining("a model's scores must be finite, got NaN");
    }

    @Test
    void anEmptyCatalogueGivesAnEmptyAnswer() {
        var empty = new FakeModel.Table(Map.of(), Map.of(), Map.of());

        assertThat(Recommender.rank(version(empty), STRANGER, Wish.best(5)).items())
                .isEmpty();
    }

    @Test
    void whatTheUserTookMayBeAskedFor() {
        Wish all = new Wish(10, Set.of(), Set.of(), false, false);

        assertThat(names(Recommender.rank(version(TABLE), TOOK_B, all))).containsExactly("b", "c", "d", "a");
    }

    @Test
    void excludedItemsNeverComeBackAndUnknownOnesExcludeNothing() {
        Wish wish = new Wish(10, Set.of(), Set.of(new ItemId("d"), new ItemId("no such item")), false, true);

        assertThat(names(Recommender.rank(version(TABLE), TOOK_B, wish))).containsExactly("a");
    }

    @Test
    void onlyItemsOfACategoryAskedForComeBack() {
        Wish drama = new Wish(10, Set.of("kind"), Set.of(), false, true);
        Wish other = new Wish(10, Set.of("other"), Set.of(), false, true);

        assertThat(names(Recommender.rank(version(TABLE), TOOK_B, drama))).containsExactly("d", "a");
        assertThat(names(Recommender.rank(version(TABLE), TOOK_B, other))).isEmpty();
    }

    @Test
    void onlyNewItemsAreThoseNobodyTook() {
        var table = new FakeModel.Table(Map.of("a", 1f, "b", 4f, "c", 3f), Map.of("a", 0L, "b", 1L, "c", 0L), Map.of());

        assertThat(names(Recommender.rank(version(table), STRANGER, new Wish(9, Set.of(), Set.of(), true, true))))
                .containsExactlyInAnyOrder("a", "c");
    }

    @Test
    void theBestOfManyAreWhatSortingThemAllWouldGive() {
        Random random = new Random(7);
        Map<String, Float> scores = new HashMap<>();
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < 1_000; i++) {
            scores.put("i" + i, (float) random.nextInt(50) - 25); // many alike
            counts.put("i" + i, 10_000L - i);
        }
        LoadedVersion version = version(new FakeModel.Table(scores, counts, Map.of()));
        List<String> sorted = IntStream.range(0, 1_000)
                .mapToObj(i -> "i" + i)
                .sorted(Comparator.comparing((String item) -> -scores.getOrDefault(item, 0f)))
                .toList();

        for (int k : List.of(1, 2, 10, 999, 1_000, 1_001)) {
            assertThat(names(Recommender.rank(version, TOOK_B, Wish.best(k))))
                    .isEqualTo(sorted.subList(0, Math.min(k, 1_000)));
        }
    }

    @Test
    void aFewWishedForAreScoredAloneAndAsInTheWhole() {
        Map<String, Float> scores = new HashMap<>();
        Map<String, Long> counts = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            scores.put("i" + i, (float) i);
            counts.put("i" + i, i < 5 ? 0L : 9L);
        }
        LoadedVersion version = version(new FakeModel.Table(scores, counts, Map.of()));

        assertThat(Recommender.rank(version, TOOK_B, new Wish(2, Set.of(), Set.of(), true, true))
                        .items())
                .extracting(Recommender.Ranked::score)
                .containsExactly(5.0, 4.0); // one more each for the history
    }

    @Test
    void similarItemsAreTheMostAlikeWithoutTheItemItself() {
        assertThat(Recommender.similar(version(TABLE), new ItemId("b"), Likeness.TEXT, 2)
                        .orElseThrow())
                .extracting(ranked -> ranked.item().item().value())
                .containsExactly("c", "d");
        assertThat(Recommender.similar(version(TABLE), new ItemId("zzz"), Likeness.TEXT, 2))
                .isEmpty();
    }

    private static List<String> names(Ranking ranking) {
        return ranking.items().stream()
                .map(ranked -> ranked.item().item().value())
                .toList();
    }

    static LoadedVersion version(FakeModel.Table table) {
        return new LoadedVersion("1", "id", manifest(), FakeModel.of(table));
    }

    static SnapshotManifest manifest() {
        return new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                "ctr",
                Optional.empty(),
                Instant.EPOCH,
                1,
                1,
                Map.of(),
                Optional.empty(),
                1,
                Optional.empty(),
                Optional.empty(),
                1,
                Map.of(),
                "hash",
                "unknown",
                Map.of(),
                Map.of(),
                Map.of());
    }
}
