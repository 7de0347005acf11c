package coldstream.domain;

import java.time.Instant;
import java.util.Map;

/**
 * What two sets of weights predicted for the same events, from which neither had learnt: what a promotion is decided by.
 *
 * @param arm version whose worth is asked, or {@value #LIVE}
 * @param baseline version it is compared with
 * @param from when the first of the events was judged
 * @param to when the last of them was
 * @param fromOffsets first offset that was judged, by {@code topic-partition}
 * @param toOffsets first offset that was not judged yet, by {@code topic-partition}
 * @param steps of the trainer that were judged
 * @param strata what was found, by stratum
 */
public record Evidence(
        String model,
        String arm,
        String baseline,
        Instant from,
        Instant to,
        Map<String, Long> fromOffsets,
        Map<String, Long> toOffsets,
        long steps,
        Map<String, PairedMetrics> strata) {

    /** The weights as they are being learnt, just before each event is learnt from. */
    public static final String LIVE = "live";

    public Evidence {
        fromOffsets = Map.copyOf(fromOffsets);
        toOffsets = Map.copyOf(toOffsets);
        strata = Map.copyOf(strata);
    }
}
