package coldstream.trainer.learning;

import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses what of a request is trained on: pairs the language model ordered, always two items of one request, or single items
 * with their scores. Items the user has taken, and retired ones, are left out.
 */
final class PairPicker {

    /** Pairs tried for one request when they are drawn. */
    static final int DRAWN = 2;

    /** Most pairs of one request when the widest are chosen. */
    static final int WIDEST = 4;

    private static final double LN_2 = StrictMath.log(2);

    /**
     * Two items of a request: the language model puts {@code better} first.
     *
     * @param gap of the scores, after min-max within the request
     */
    record Pair(CatalogueEntry better, CatalogueEntry worse, double gap) {}

    /** An item and its score as given. */
    record Point(CatalogueEntry item, double score) {}

    private final double leastGap;
    private final int draws;
    private final double popularity;

    /**
     * @param leastGap least difference of the scores, after min-max within the request
     * @param draws random pairs of which the widest is kept
     * @param popularity most doublings between the items' counts
     */
    PairPicker(double leastGap, int draws, double popularity) {
        this.leastGap = leastGap;
        this.draws = draws;
        this.popularity = popularity;
    }

    /** Items of a request that may be trained on. */
    static List<Point> open(ScoredRequest request, UserMemory user) {
        List<Point> open = new ArrayList<>();
        for (int k = 0; k < request.candidates().size(); k++) {
            CatalogueEntry item = request.candidates().get(k);
            if (!user.taken.contains(item.number()) && !item.retired()) {
                open.add(new Point(item, request.scores().get(k)));
            }
        }
        return open;
    }

    /** Difference of the highest and the lowest score. */
    static double range(List<Point> open) {
        double low = Double.POSITIVE_INFINITY;
        double high = Double.NEGATIVE_INFINITY;
        for (Point point : open) {
            low = Math.min(low, point.score);
            high = Math.max(high, point.score);
        }
        return high - low;
    }

    /** {@value #DRAWN} times the widest of a few random pairs; one that is too narrow is none. */
    List<Pair> draw(ScoredRequest request, UserMemory user, Draws random) {
        List<Point> open = open(request, user);
        double range = range(open);
        List<Pair> pairs = new ArrayList<>();
        for (int k = 0; k < DRAWN && open.size() > 1 && range > 0; k++) {
            Optional<Pair> widest = Optional.empty();
            for (int draw = 0; draw < draws; draw++) {
                Optional<Pair> pair =
                        pair(open.get(random.below(open.size())), open.get(random.below(open.size())), range);
                if (pair.isPresent() && (widest.isEmpty() || pair.get().gap > widest.get().gap)) {
                    widest = pair;
                }
            }
            widest.filter(pair -> pair.gap >= leastGap).ifPresent(pairs::add);
        }
        return pairs;
    }

    /** The {@value #WIDEST} widest of all pairs. */
    List<Pair> widest(ScoredRequest request, UserMemory user) {
        List<Point> open = open(request, user);
        double range = range(open);
        List<Pair> pairs = new ArrayList<>();
        for (int first = 0; range > 0 && first < open.size(); first++) {
            for (int second = 0; second < first; second++) {
                pair(open.get(first), open.get(second), range)
                        .filter(pair -> pair.gap >= leastGap)
                        .ifPresent(pairs::add);
            }
        }
        pairs.sort(Comparator.comparingDouble((Pair pair) -> -pair.gap));
        return pairs.subList(0, Math.min(WIDEST, pairs.size()));
    }

    /** As many random items as the drawn pairs would have. */
    List<Point> points(ScoredRequest request, UserMemory user, Draws random) {
        List<Point> open = open(request, user);
        List<Point> points = new ArrayList<>();
        while (points.size() < 2 * DRAWN && !open.isEmpty()) {
            points.add(open.remove(random.below(open.size())));
        }
        return points;
    }

    private Optional<Pair> pair(Point first, Point second, double range) {
        double gap = (first.score - second.score) / range;
        double doublings = Math.abs(popularity(first.item) - popularity(second.item));
        if (gap == 0 || doublings > popularity) {
            return Optional.empty();
        }
        return Optional.of(gap > 0 ? new Pair(first.item, second.item, gap) : new Pair(second.item, first.item, -gap));
    }

    private static double popularity(CatalogueEntry item) {
        return StrictMath.log1p((double) item.count()) / LN_2;
    }
}
