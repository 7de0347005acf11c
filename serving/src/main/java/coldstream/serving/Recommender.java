package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.model.CatalogueItem;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Ranks the whole catalogue for a user, without what they have taken.
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

    private Recommender() {}

    /** How a ranking was made. */
    public enum Strategy {
        PERSONAL,
        COLD_START
    }

    /**
     * An item of an answer.
     *
     * @param score the model's logit
     */
    public record Ranked(CatalogueItem item, double score) {}

    /** A ranking, best first. */
    public record Ranking(Strategy strategy, List<Ranked> items) {}

    /** The best {@code k} items, or all there are. */
    public static Ranking rank(LoadedVersion version, UserId user, UserState state, int k) {
        Set<ItemId> taken = new HashSet<>(version.model().taken(user));
        taken.addAll(state.history());
        List<CatalogueItem> candidates = version.catalogue().stream()
                .filter(item -> !taken.contains(item.item()))
                .toList();
        float[] scores = version.model()
                .score(state, user, candidates.stream().map(CatalogueItem::item).toList());
        Strategy strategy = state.history().isEmpty() ? Strategy.COLD_START : Strategy.PERSONAL;
        int[] order =
                switch (strategy) {
                    case PERSONAL -> byScore(scores);
                    case COLD_START -> joined(scores);
                };
        List<Ranked> best = Arrays.stream(order)
                .limit(k)
                .mapToObj(index -> new Ranked(candidates.get(index), scores[index]))
                .toList();
        return new Ranking(strategy, best);
    }

    /** Indices by falling score; equal scores keep the order of popularity. */
    private static int[] byScore(float[] scores) {
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(index -> -scores[index]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Indices by joined rank; candidates come most popular first, so an index is a rank by popularity. */
    private static int[] joined(float[] scores) {
        double[] joined = new double[scores.length];
        int[] byModel = byScore(scores);
        for (int rank = 0; rank < byModel.length; rank++) {
            joined[byModel[rank]] += 1 / (DAMPING + rank + 1);
            joined[rank] += 1 / (DAMPING + rank + 1);
        }
        return IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(index -> -joined[index]))
                .mapToInt(Integer::intValue)
                .toArray();
    }
}
