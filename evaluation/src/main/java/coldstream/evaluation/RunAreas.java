package coldstream.evaluation;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is left of a run for comparing it with others: small, whatever the stream's length.
 *
 * @param events names the events that were predicted and their order; runs that differ in it cannot be compared
 * @param strata by {@link Stratum#key()}
 */
public record RunAreas(String events, Map<String, AreaDraws> strata) {

    public RunAreas {
        strata = Collections.unmodifiableMap(new LinkedHashMap<>(strata));
    }
}
