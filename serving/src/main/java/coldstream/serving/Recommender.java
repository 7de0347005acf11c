package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.model.CatalogueItem;
import coldstream.model.Likeness;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.IntToDoubleFunction;

/**
 * Ranks the whole catalogue for a user, or what a wish leaves of it.
 *
 * <p>For somebody with a history the model's score decides. For somebody without one, its ranking and that by popularity
 * are joined by reciprocal rank, each counted alike:
 *
 * <pre>
 * r(i) = 1 / (60 + rank by model) + 1 / (60 + rank by popularity)
 * </pre>
 *
 * @see <a href="https://doi.org/10.1145/1571941.1572114">Cormack, Clarke, Büttcher: Reciprocal rank fusion, 2009</a>, for
 *     the form and the 60
 */
public final class Recommender {

    private static final double DAMPING = 60;

    /** Where less than one in so many items is wanted, only those are scored. */
    private static final int FEW = 8;

    private Recommender() {}

    /** How a ranking was made. */
    public enum Strategy {
        PERSONAL,
        COLD_START
    }

    /**
     * An item of an answer.
     *
     * @param score the model's logit, or how alike the item is
     */
    public record Ranked(CatalogueItem item, double score) {}

    /** A ranking, best first. */
    public record Ranking(Strategy strategy, List<Ranked> items) {}

    /** The best items a wish leaves, as many as it wants or all there are. */
    public static Ranking rank(LoadedVersion version, UserContext user, Wish wish) {
        Shelf shelf = version.shelf();
        BitSet allowed = shelf.allowed(wish);
        if (wish.excludeSeen()) {
            shelf.remove(version.model().taken(user.user()), allowed);
            shelf.remove(user.known().history(), allowed);
        }
        int[] places = allowed.stream().toArray();
        float[] scores = scores(version, user, places);
        Strategy strategy = user.known().history().isEmpty() ? Strategy.COLD_START : Strategy.PERSONAL;
        int[] order =
                switch (strategy) {
                    case PERSONAL -> best(index -> scores[index], scores.length, wish.k());
                    case COLD_START -> {
                        double[] joined = joined(scores);
                        yield best(index -> joined[index], joined.length, wish.k());
                    }
                };
        List<Ranked> best = Arrays.stream(order)
                .mapToObj(index -> new Ranked(shelf.items().get(places[index]), scores[index]))
                .toList();
        return new Ranking(strategy, best);
    }

    /** The items most like one, itself left out; nothing where it cannot be compared. */
    public static Optional<List<Ranked>> similar(LoadedVersion version, ItemId item, Likeness by, int k) {
        Shelf shelf = version.shelf();
        BitSet others = shelf.allowed(Wish.best(k));
        shelf.remove(List.of(item), others);
        int[] places = others.stream().toArray();
        return version.model().likeness(item, by).map(shelf::byPlace).map(cosines -> Arrays.stream(
                        best(index -> cosines[places[index]], places.length, k))
                .mapToObj(index -> new Ranked(shelf.items().get(places[index]), cosines[places[index]]))
                .toList());
    }

    /** By index of {@code places}; everything at once unless few are wanted. */
    private static float[] scores(LoadedVersion version, UserContext user, int[] places) {
        Shelf shelf = version.shelf();
        if (places.length < shelf.items().size() / FEW) {
            return version.model()
                    .score(
                            user,
                            Arrays.stream(places)
                                    .mapToObj(place -> shelf.items().get(place).item())
                                    .toList());
        }
        float[] all = shelf.byPlace(version.model().scoreAll(user));
        float[] scores = new float[places.length];
        for (int index = 0; index < places.length; index++) {
            scores[index] = all[places[index]];
        }
        return scores;
    }

    /** The {@code k} indices of largest value, largest first; of equal ones the smaller index. */
    private static int[] best(IntToDoubleFunction value, int size, int k) {
        Comparator<Integer> worstFirst =
                Comparator.<Integer>comparingDouble(value::applyAsDouble).thenComparing(Comparator.reverseOrder());
        PriorityQueue<Integer> kept = new PriorityQueue<>(worstFirst);
        double least = Double.NEGATIVE_INFINITY;
        for (int index = 0; index < size; index++) {
            if (kept.size() < k) {
                kept.add(index);
            } else if (value.applyAsDouble(index) > least) {
                kept.remove();
                kept.add(index);
            } else {
                continue;
            }
            least = value.applyAsDouble(kept.element());
        }
        return kept.stream()
                .sorted(worstFirst.reversed())
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** r by index; candidates come most popular first, so an index is a rank by popularity. */
    private static double[] joined(float[] scores) {
        double[] joined = new double[scores.length];
        int[] byModel = byScore(scores);
        for (int rank = 0; rank < byModel.length; rank++) {
            joined[byModel[rank]] += 1 / (DAMPING + rank + 1);
            joined[rank] += 1 / (DAMPING + rank + 1);
        }
        return joined;
    }

    /** Indices by falling score; equal scores keep the order of popularity. */
    private static int[] byScore(float[] scores) {
        long[] keys = new long[scores.length];
        for (int index = 0; index < keys.length; index++) {
            int bits = Float.floatToIntBits(scores[index] + 0f); // −0 is 0
            int ascending = bits ^ ((bits >> 31) & Integer.MAX_VALUE);
            keys[index] = ((long) ~ascending << Integer.SIZE) | index;
        }
        Arrays.sort(keys);
        return Arrays.stream(keys).mapToInt(key -> (int) key).toArray();
    }
}
