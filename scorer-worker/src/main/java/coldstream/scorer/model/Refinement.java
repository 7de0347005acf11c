package coldstream.scorer.model;

import coldstream.domain.Item;
import java.util.List;

/** What becomes of the scores of a request before they are stored; {@link RefinedScorer} does one after the other. */
@FunctionalInterface
interface Refinement {

    /**
     * @param candidates asked about
     * @param scores in [0, 1], one each; NaN where there is none
     * @return as many, in [0, 1]; NaN where there is none
     */
    List<Double> of(List<Item> candidates, List<Double> scores);
}
