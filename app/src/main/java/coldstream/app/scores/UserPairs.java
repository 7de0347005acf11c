package coldstream.app.scores;

import coldstream.app.scores.UserScores.Pair;
import coldstream.app.scores.UserScores.Pairs;
import coldstream.domain.SoftScores.ItemScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The pairs that scores of one answer can form. */
final class UserPairs {

    /** Pairs that are named. */
    static final int MOST = 10;

    private UserPairs() {}

    /**
     * Pairs of these scores, and how many of them differ by at least the gap after min-max.
     *
     * @param open scores of items that the user has not taken
     */
    static Pairs of(List<ItemScore> open, double leastGap) {
        double low = open.stream().mapToDouble(ItemScore::score).min().orElse(0);
        double high = open.stream().mapToDouble(ItemScore::score).max().orElse(0);
        List<Pair> ordered = new ArrayList<>();
        for (int first = 0; first < open.size() && high > low; first++) {
            for (int second = 0; second < first; second++) {
                double gap = (open.get(first).score() - open.get(second).score()) / (high - low);
                if (gap != 0 && Math.abs(gap) >= leastGap) {
                    String one = open.get(first).item().value();
                    String other = open.get(second).item().value();
                    ordered.add(gap > 0 ? new Pair(one, other, gap) : new Pair(other, one, -gap));
                }
            }
        }
        List<Pair> widest = ordered.stream()
                .sorted(Comparator.comparingDouble((Pair pair) -> -pair.gap())
                        .thenComparing(Pair::better)
                        .thenComparing(Pair::worse))
                .limit(MOST)
                .toList();
        return new Pairs((long) open.size() * (open.size() - 1) / 2, ordered.size(), leastGap, widest);
    }
}
