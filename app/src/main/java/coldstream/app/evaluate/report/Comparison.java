package coldstream.app.evaluate.report;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.evaluation.PairedDifference;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How an arm differs from another.
 *
 * @param strata the differences of areas, by {@code Stratum.key()}
 * @param within those of areas within events; empty where they were not asked for
 */
public record Comparison(
        Arm arm, Arm baseline, Map<String, PairedDifference> strata, Map<String, PairedDifference> within) {

    public Comparison {
        strata = Collections.unmodifiableMap(new LinkedHashMap<>(strata));
        within = Collections.unmodifiableMap(new LinkedHashMap<>(within));
    }
}
