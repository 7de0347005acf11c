package coldstream.app.evaluate.report;

import java.util.List;

/**
 * A run's quality in one stratum; NaN where there is no evidence.
 *
 * @param auc exact area, with DeLong's 95 % interval {@code aucLow} to {@code aucHigh} (rows as independent)
 * @param logloss mean logistic loss, nats per row
 * @param n positives
 * @param calibrationRatio mean predicted probability over the share of positives
 * @param calibrationError expected calibration error
 * @param overTime exact areas over spans of equally many events, in order of time
 */
public record StratumResult(
        double auc,
        double aucLow,
        double aucHigh,
        double logloss,
        long n,
        double calibrationRatio,
        double calibrationError,
        List<Double> overTime) {

    public StratumResult {
        overTime = List.copyOf(overTime);
    }
}
