package coldstream.app.evaluate.report;

import coldstream.evaluation.CatalogueCalibration;
import coldstream.evaluation.RunAreas;
import coldstream.trainer.learning.GateReport;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one arm with one seed came to.
 *
 * @param strata by {@code Stratum.key()}, every stratum
 * @param areas for comparisons with other runs
 * @param within areas within each event, where asked for
 * @param gate where the guidance ended
 * @param device the learner computed on
 * @param skipped steps that taught nothing, by the rule that did not hold
 * @param seconds of learning
 * @param events predicted and learnt, warm-up included
 * @param countedEvents of them, after the warm-up
 * @param calls of the language model that what reached the learner cost
 * @param catalogue calibration over the whole catalogue, where it was looked at
 * @param config every setting of the learner
 */
public record RunResult(
        Map<String, StratumResult> strata,
        RunAreas areas,
        Optional<RunAreas> within,
        GateReport gate,
        String device,
        Map<String, Long> skipped,
        double seconds,
        long events,
        long countedEvents,
        long calls,
        Optional<CatalogueCalibration.Result> catalogue,
        Map<String, String> config) {

    public RunResult {
        strata = Collections.unmodifiableMap(new LinkedHashMap<>(strata));
        skipped = Collections.unmodifiableMap(new TreeMap<>(skipped));
        config = Collections.unmodifiableMap(new TreeMap<>(config));
    }

    /** Steps that taught nothing. */
    long skippedSteps() {
        return skipped.values().stream().mapToLong(Long::longValue).sum();
    }

    double eventsPerSecond() {
        return events / seconds;
    }
}
