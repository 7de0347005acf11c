package coldstream.domain;

/**
 * How well two sets of weights predicted the same rows of one stratum: an arm and the baseline it is measured against.
 *
 * <p>Standard errors take a user's rows as one block. Numbers without evidence are NaN.
 *
 * @param events predicted; each has its own row, and may have negatives
 * @param positives among the rows
 * @param rows in all
 * @param users with a row
 * @param auc area under the ROC curve of the arm
 * @param baselineAuc that of the baseline
 * @param error standard error of {@code auc − baselineAuc}
 * @param logloss mean logistic loss of the arm, nats per row
 * @param baselineLogloss that of the baseline
 * @param loglossError standard error of {@code logloss − baselineLogloss}
 * @param calibration mean predicted probability of the arm over the share of positives; 1 is calibrated
 * @param baselineCalibration that of the baseline
 */
public record PairedMetrics(
        long events,
        long positives,
        long rows,
        long users,
        double auc,
        double baselineAuc,
        double error,
        double logloss,
        double baselineLogloss,
        double loglossError,
        double calibration,
        double baselineCalibration) {

    /** Half the width of a 95 % interval, in standard errors. */
    public static final double DEVIATIONS = 1.959964;

    /** How much larger the arm's area is. */
    public double difference() {
        return auc - baselineAuc;
    }

    /** Lower end of the interval of {@link #difference()} that is so many standard errors wide on either side. */
    public double low(double deviations) {
        return difference() - deviations * error;
    }

    /** Upper end of the same interval. */
    public double high(double deviations) {
        return difference() + deviations * error;
    }

    /** How much larger the arm's loss is. */
    public double loglossDifference() {
        return logloss - baselineLogloss;
    }
}
