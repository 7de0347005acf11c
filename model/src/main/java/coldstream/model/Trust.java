package coldstream.model;

import static coldstream.domain.Check.check;

import java.util.List;

/**
 * How far a language model's signal t is added to a logit: s' = s + max(0, w·z) t with z = [1, cold, tail, new].
 *
 * @param weights w
 * @param coldHistory a user with at most so many positives is cold
 * @param tailThreshold an item with 1 to so many positives is in the tail
 */
public record Trust(List<Double> weights, int coldHistory, long tailThreshold) {

    public Trust {
        weights = List.copyOf(weights);
        check(weights.size() == 4, "trust has 4 weights, got %s", weights);
    }

    /** No trust: nothing is added. */
    static Trust none() {
        return new Trust(List.of(0.0, 0.0, 0.0, 0.0), 0, 0);
    }

    /** What is added to the logit. */
    double add(double signal, long userCount, long itemCount) {
        double trust = weights.get(0);
        trust += userCount <= coldHistory ? weights.get(1) : 0;
        trust += itemCount >= 1 && itemCount <= tailThreshold ? weights.get(2) : 0;
        trust += itemCount == 0 ? weights.get(3) : 0;
        return Math.max(0, trust) * signal;
    }
}
