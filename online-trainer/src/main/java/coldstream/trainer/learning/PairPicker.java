package coldstream.trainer.learning;

import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses pairs the language model ordered: always two items of one request, neither taken by the user; the widest gap of a
 * few random ones.
 */
final class PairPicker {

    /** Pairs tried for one request. */
    private static final int PER_REQUEST = 2;

    /** Two items of a request: the language model puts {@code better} first. */
    record Pair(CatalogueEntry better, CatalogueEntry worse) {}

    private final double leastGap;
    private final int draws;

    /**
     * @param leastGap least difference of the scores, after min-max within the request
     * @param draws random pairs of which the widest is kept
     */
    PairPicker(double leastGap, int draws) {
        this.leastGap = leastGap;
        this.draws = draws;
    }

    List<Pair> pick(ScoredRequest request, UserMemory user, Draws random) {
        List<CatalogueEntry> items = new ArrayList<>();
        List<Double> scores = new ArrayList<>();
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < request.candidates().size(); k++) {
            CatalogueEntry item = request.candidates().get(k);
            if (!user.taken.contains(item.number()) && !item.retired()) {
                double score = request.scores().get(k);
                items.add(item);
                scores.add(score);
                low = Math.min(low, score);
                high = Math.max(high, score);
            }
        }
        List<Pair> pairs = new ArrayList<>();
        for (int k = 0; k < PER_REQUEST && items.size() > 1 && high > low; k++) {
            widest(items, scores, leastGap * (high - low), random).ifPresent(pairs::add);
        }
        return pairs;
    }

    private Optional<Pair> widest(List<CatalogueEntry> items, List<Double> scores, double least, Draws random) {
        int better = 0;
        int worse = 0;
        double widest = 0;
        for (int k = 0; k < draws; k++) {
            int first = random.below(items.size());
            int second = random.below(items.size());
            double gap = scores.get(first) - scores.get(second);
            if (Math.abs(gap) > widest) {
                widest = Math.abs(gap);
                better = gap > 0 ? first : second;
                worse = gap > 0 ? second : first;
            }
        }
        return widest > 0 && widest >= least
                ? Optional.of(new Pair(items.get(better), items.get(worse)))
                : Optional.empty();
    }
}
