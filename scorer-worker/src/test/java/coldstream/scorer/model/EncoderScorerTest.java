package coldstream.scorer.model;

import static coldstream.scorer.Items.item;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.domain.TextVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The oracle is the textbook formula in doubles over plain lists, centred once at the end: it would still catch a wrong
 * weight, a stale centre, or a vector that lost its length on the way through the table.
 */
class EncoderScorerTest {

    private static final int DIMENSION = 7;

    private final VectorTable table = new VectorTable(DIMENSION);
    private final EncoderScorer scorer = new EncoderScorer("an encoder", DIMENSION, table);

    @Test
    void agreesWithTheFormula() {
        Map<ItemId, double[]> raw = new LinkedHashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 64; i++) { // a power of two: the table has just taken its centre
            double[] vector = random.doubles(DIMENSION, 0, 2).toArray();
            raw.put(new ItemId("i" + i), vector);
            table.put(new ItemId("i" + i), vector(vector));
        }
        List<Item> history = items("i3", "i9", "i3", "i40");
        List<Item> candidates = items("i1", "i5", "i9", "i60", "i63");

        Scored scored = (Scored) scorer.score(history, candidates);

        List<Double> expected = formula(raw, history, candidates);
        for (int i = 0; i < expected.size(); i++) {
            assertThat(scored.scores().get(i)).isEqualTo(expected.get(i), within(1e-5));
        }
        assertThat(scored.usage().tokens()).isZero();
    }

    @Test
    void theClosestCandidateScoresOneAndTheFarthestZero() {
        put("liked", 1, 0);
        put("near", 0.9, 0.1);
        put("far", -1, 0);
        put("between", 0, 1);

        Scored scored = (Scored) scorer.score(items("liked"), items("far", "near", "between"));

        assertThat(scored.scores()).startsWith(0.0, 1.0);
        assertThat(scored.scores().get(2)).isBetween(0.1, 0.9);
    }

    @Test
    void theNewestItemWeighsMost() {
        put("a", 1, 0);
        put("b", 0, 1);
        put("like a", 1, 0.01);
        put("like b", 0.01, 1);
        List<Item> candidates = items("like a", "like b");

        assertThat(((Scored) scorer.score(items("b", "a"), candidates)).scores())
                .containsExactly(1.0, 0.0);
        assertThat(((Scored) scorer.score(items("a", "b"), candidates)).scores())
                .containsExactly(0.0, 1.0);
    }

    @Test
    void aCandidateWithoutAVectorHasNoScore() {
        put("a", 1, 0);
        put("b", 0, 1);
        put("c", 1, 1);

        Scored scored = (Scored) scorer.score(items("a"), items("b", "unknown", "c"));

        assertThat(scored.scores().get(1)).isNaN();
        assertThat(scored.scores().get(0)).isNotNaN();
    }

    @Test
    void candidatesThatDoNotDifferScoreTheMiddle() {
        put("a", 1, 0);
        put("b", 0, 1);
        put("same as b", 0, 1);

        assertThat(((Scored) scorer.score(items("a"), items("b", "same as b", "unknown"))).scores())
                .containsExactly(0.5, 0.5, Double.NaN);
    }

    @Test
    void withoutAnyVectorOfTheHistoryItSaysTryAgain() {
        put("a", 1, 0);

        assertThat(scorer.score(items("unknown"), items("a"))).isInstanceOf(TryAgain.class);
    }

    @Test
    void aRemovedItemHasNoVector() {
        put("a", 1, 0);
        put("b", 0, 1);
        table.remove(new ItemId("b"));

        assertThat(table.contains(new ItemId("b"))).isFalse();
        assertThat(table.size()).isEqualTo(1);
    }

    private void put(String id, double x, double y) {
        double[] vector = new double[DIMENSION];
        vector[0] = x;
        vector[1] = y;
        table.put(new ItemId(id), vector(vector));
    }

    private static TextVector vector(double[] values) {
        float[] floats = new float[values.length];
        IntStream.range(0, values.length).forEach(i -> floats[i] = (float) values[i]);
        return TextVector.of(floats);
    }

    private static List<Item> items(String... ids) {
        List<Item> items = new ArrayList<>();
        for (String id : ids) {
            items.add(item(id, "a category"));
        }
        return items;
    }

    private static List<Double> formula(Map<ItemId, double[]> raw, List<Item> history, List<Item> candidates) {
        double[] centre = new double[DIMENSION];
        raw.values().forEach(vector -> IntStream.range(0, DIMENSION).forEach(d -> centre[d] += vector[d] / raw.size()));
        double[] taste = new double[DIMENSION];
        for (int k = 0; k < history.size(); k++) {
            double[] unit = unit(
                    requireNonNull(raw.get(history.get(history.size() - 1 - k).item())), centre);
            for (int d = 0; d < DIMENSION; d++) {
                taste[d] += Math.pow(0.85, k) * unit[d];
            }
        }
        double[] direction = unit(taste, new double[DIMENSION]);
        double[] cosines = candidates.stream()
                .map(candidate -> unit(requireNonNull(raw.get(candidate.item())), centre))
                .mapToDouble(unit -> IntStream.range(0, DIMENSION)
                        .mapToDouble(d -> unit[d] * direction[d])
                        .sum())
                .toArray();
        double least = Arrays.stream(cosines).min().orElseThrow();
        double greatest = Arrays.stream(cosines).max().orElseThrow();
        return Arrays.stream(cosines)
                .mapToObj(cosine -> (cosine - least) / (greatest - least))
                .toList();
    }

    private static double[] unit(double[] vector, double[] centre) {
        double[] unit = new double[DIMENSION];
        double squares = 0;
        for (int d = 0; d < DIMENSION; d++) {
            unit[d] = vector[d] - centre[d];
            squares += unit[d] * unit[d];
        }
        for (int d = 0; d < DIMENSION; d++) {
            unit[d] /= Math.sqrt(squares);
        }
        return unit;
    }
}
