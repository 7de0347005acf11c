package coldstream.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.ItemId;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.serving.Recommender.Ranking;
import coldstream.serving.Recommender.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecommenderTest {

    private static final UserId ANN = new UserId("ann");

    /** Popularity and score disagree on purpose. */
    private static final FakeModel.Table TABLE = new FakeModel.Table(
            Map.of("a", 1f, "b", 4f, "c", 3f, "d", 2f),
            Map.of("a", 90L, "b", 1L, "c", 50L, "d", 2L),
            Map.of("ann", List.of("c")));

    @Test
    void somebodyWithAHistoryGetsWhatTheModelScoresHighestWithoutWhatTheyTook() {
        Ranking ranking = Recommender.rank(version(TABLE), ANN, new UserState(List.of(new ItemId("b")), 1), 10);

        assertThat(ranking.strategy()).isEqualTo(Strategy.PERSONAL);
        assertThat(names(ranking)).containsExactly("d", "a"); // b is in the history, c was taken before
    }

    @Test
    void atMostKItemsComeBack() {
        assertThat(names(Recommender.rank(version(TABLE), ANN, new UserState(List.of(new ItemId("b")), 1), 1)))
                .containsExactly("d");
    }

    @Test
    void somebodyUnknownGetsTheModelsRankingJoinedWithPopularity() {
        Ranking ranking = Recommender.rank(version(TABLE), new UserId("new"), UserState.EMPTY, 10);

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

        assertThat(Recommender.rank(version(empty), ANN, UserState.EMPTY, 5).items())
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
