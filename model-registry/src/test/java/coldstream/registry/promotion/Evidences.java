package coldstream.registry.promotion;

import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import java.time.Instant;
import java.util.Map;

/** Evidence for tests, with numbers that are easy to check by hand. */
final class Evidences {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Evidences() {}

    static Evidence of(String arm, String baseline, Map<String, PairedMetrics> strata) {
        return new Evidence(
                "ctr",
                arm,
                baseline,
                NOON,
                NOON.plusSeconds(60),
                Map.of("coldstream.samples.v1-0", 1_000L),
                Map.of("coldstream.samples.v1-0", 2_000L),
                12,
                strata);
    }

    static Evidence overall(String arm, String baseline, PairedMetrics overall) {
        return of(arm, baseline, Map.of("overall", overall));
    }

    /** An AUC of 0.8 and a difference from it; half the events' users; everything else alike. */
    static PairedMetrics difference(double difference, double error, long events) {
        return metrics(0.8 + difference, 0.8, error, 0.5, 0.5, 0.01, 1, 1, events);
    }

    static PairedMetrics logloss(double difference, double error) {
        return metrics(0.8, 0.8, 0.001, 0.5 + difference, 0.5, error, 1, 1, 1_000);
    }

    static PairedMetrics calibration(double arm, double baseline) {
        return metrics(0.8, 0.8, 0.001, 0.5, 0.5, 0.01, arm, baseline, 1_000);
    }

    private static PairedMetrics metrics(
            double auc,
            double baselineAuc,
            double error,
            double logloss,
            double baselineLogloss,
            double loglossError,
            double calibration,
            double baselineCalibration,
            long events) {
        return new PairedMetrics(
                events,
                events,
                3 * events,
                events / 2,
                auc,
                baselineAuc,
                error,
                logloss,
                baselineLogloss,
                loglossError,
                calibration,
                baselineCalibration);
    }
}
