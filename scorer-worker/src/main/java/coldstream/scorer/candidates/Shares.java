package coldstream.scorer.candidates;

import static coldstream.domain.Check.check;

/**
 * How the places of a question are given to the plans: each gets its share of the sum. What a plan cannot fill, and what
 * probes and hints take, is taken from the later ones; items drawn uniformly fill up.
 *
 * @param popular of the most popular items
 * @param diverse of items unlike each other
 * @param matched of pairs about equally popular, so that a comparison of the two says nothing of popularity
 * @param tail of items hardly anybody took
 */
public record Shares(double popular, double diverse, double matched, double tail) {

    public static final Shares DEFAULTS = new Shares(2, 1, 0, 1);

    public Shares {
        for (double share : new double[] {popular, diverse, matched, tail}) {
            check(share >= 0 && share <= 1_000, "the share of a candidate plan must be 0 to 1000, got %s", share);
        }
        check(popular + diverse + matched + tail > 0, "a candidate plan must have a share, got none");
    }

    int popularPlaces(int count) {
        return places(popular, count);
    }

    int diversePlaces(int count) {
        return places(diverse, count);
    }

    /** An even number: they come in pairs. */
    int matchedPlaces(int count) {
        return 2 * (places(matched, count) / 2);
    }

    int tailPlaces(int count) {
        return tail == 0 ? 0 : count;
    }

    private int places(double share, int count) {
        return (int) (count * share / (popular + diverse + matched + tail));
    }
}
