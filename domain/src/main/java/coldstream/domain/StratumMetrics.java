package coldstream.domain;

/**
 * Quality of the predictions in one stratum.
 *
 * @param auc area under the ROC curve, with its 95 % interval {@code aucLow} to {@code aucHigh}; NaN without evidence
 * @param logloss mean logistic loss, nats per row
 * @param n events (positives)
 */
public record StratumMetrics(double auc, double aucLow, double aucHigh, double logloss, long n) {}
