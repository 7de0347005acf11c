package coldstream.app.evaluate.report;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.evaluation.AreaDraws;
import coldstream.evaluation.RunAreas;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * One arm with all its seeds.
 *
 * @param seeds ascending
 * @param results one a seed
 */
public record ArmRuns(Arm arm, List<Long> seeds, List<RunResult> results) {

    public ArmRuns {
        seeds = List.copyOf(seeds);
        results = List.copyOf(results);
    }

    List<RunAreas> areas() {
        return results.stream().map(RunResult::areas).toList();
    }

    /** The areas within events of every seed; empty where they were not asked for. */
    List<RunAreas> within() {
        return results.stream().flatMap(result -> result.within().stream()).toList();
    }

    /** The mean over seeds. */
    double mean(ToDoubleFunction<RunResult> of) {
        return results.stream().mapToDouble(of).average().orElse(Double.NaN);
    }

    /** The mean over seeds of a stratum's figure. */
    double mean(String stratum, ToDoubleFunction<StratumResult> of) {
        return mean(result ->
                of.applyAsDouble(Objects.requireNonNull(result.strata().get(stratum), stratum)));
    }

    /** The mean over seeds of the area within events; NaN where it was not asked for. */
    double withinMean(String stratum) {
        return within().stream()
                .map(areas -> areas.strata().get(stratum))
                .filter(Objects::nonNull)
                .mapToDouble(AreaDraws::area)
                .average()
                .orElse(Double.NaN);
    }

    /** A stratum's areas over time, each the mean over seeds. */
    List<Double> overTime(String stratum) {
        List<Double> means = new ArrayList<>();
        int spans = Objects.requireNonNull(results.get(0).strata().get(stratum), stratum)
                .overTime()
                .size();
        for (int span = 0; span < spans; span++) {
            int at = span;
            means.add(mean(stratum, result -> result.overTime().get(at)));
        }
        return means;
    }
}
