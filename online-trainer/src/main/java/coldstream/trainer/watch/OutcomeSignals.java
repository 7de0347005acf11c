package coldstream.trainer.watch;

import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import coldstream.domain.ScoredEvent;
import coldstream.evaluation.Stratum;
import coldstream.evaluation.drift.ExpectedPerformance;
import coldstream.evaluation.drift.StreamingCalibration;
import coldstream.monitor.Channel;
import coldstream.monitor.Gauge;
import coldstream.monitor.Harm;
import coldstream.monitor.Signal;
import coldstream.monitor.Signal.Layer;
import coldstream.monitor.Watch;
import coldstream.monitor.WatchedSignal;
import java.util.ArrayList;
import java.util.List;

/** What was predicted, and what came true, by stratum. Events that do not count in the metrics do not count here. */
final class OutcomeSignals {

    /** Strata whose outcomes are watched. */
    static final List<Stratum> STRATA =
            List.of(Stratum.OVERALL, Stratum.COLD, Stratum.TAIL, Stratum.NEW_ITEM, Stratum.WARM_HEAD);

    /** Log-odds predicted for the event's own item. */
    static final Signal SCORE = new Signal(Layer.PREDICTION, "score", Signal.ALL);

    /** Log-odds predicted for an item that was drawn beside it. */
    static final Signal SCORE_DRAWN = new Signal(Layer.PREDICTION, "score", "drawn");

    /** 2 (1 − max(p, 1 − p)) of the event's own item. */
    static final Signal UNCERTAINTY = new Signal(Layer.PREDICTION, "uncertainty");

    /** Mean probability over the share of positives, of a window. */
    static final Signal CALIBRATION = new Signal(Layer.PREDICTION, "calibration_ratio");

    /** Expected calibration error of a window. */
    static final Signal CALIBRATION_ERROR = new Signal(Layer.PREDICTION, "calibration_error");

    /** Area under the curve that the probabilities of a window promise: known before any label. */
    static final Signal EXPECTED_AUC = new Signal(Layer.OUTCOME, "expected_auc");

    /** Log loss less what the probability promised, nats: 0 on average for right probabilities. */
    static final Signal SURPRISE = new Signal(Layer.OUTCOME, "surprise");

    /** Area of the live weights less that of the champion, on the same events. */
    static final Signal AGAINST_CHAMPION = new Signal(Layer.OUTCOME, "live_against_champion");

    /** By common use a large change of the stability index: scores move with learning, and small moves are none. */
    private static final double LARGE = 0.25;

    /** 2³² over the golden ratio. */
    private static final int GOLDEN = 0x9E3779B9;

    private final Channel score;
    private final Channel drawn;
    private final Channel uncertainty;
    private final Gauge ratio;
    private final Gauge error;
    private final Gauge expectedAuc;
    private final Channel surprise;
    private final Gauge againstChampion;
    private final List<Channel> losses = new ArrayList<>();
    private final List<Channel> ranks = new ArrayList<>();
    private final StreamingCalibration calibration = new StreamingCalibration();
    private final ExpectedPerformance expected = new ExpectedPerformance();
    private final RecentScores negatives = new RecentScores();
    private final RecentScores positives = new RecentScores();

    /** Below 0 for half of the events: a window has no room for the predictions of more. */
    private int scattered;

    /** Logistic loss of the event's own row, nats. */
    static Signal loss(Stratum stratum) {
        return new Signal(Layer.OUTCOME, "logloss", stratum.key());
    }

    /**
     * Share of the rows of the other kind that the row is rightly beside: its mean is the area under the curve.
     */
    static Signal rank(Stratum stratum) {
        return new Signal(Layer.OUTCOME, "auc", stratum.key());
    }

    static List<WatchedSignal> plans() {
        List<WatchedSignal> plans = new ArrayList<>(List.of(
                WatchedSignal.distribution(SCORE).material(LARGE),
                WatchedSignal.distribution(SCORE_DRAWN).material(LARGE),
                WatchedSignal.distribution(UNCERTAINTY).material(LARGE),
                WatchedSignal.estimate(CALIBRATION, Harm.EITHER, 0.2),
                WatchedSignal.estimate(CALIBRATION_ERROR, Harm.RISE, 0.05),
                WatchedSignal.estimate(EXPECTED_AUC, Harm.FALL, 0.05),
                WatchedSignal.outcome(SURPRISE, Harm.RISE),
                WatchedSignal.estimate(AGAINST_CHAMPION, Harm.FALL, 0.02).expected(0)));
        for (Stratum stratum : STRATA) {
            plans.add(WatchedSignal.outcome(loss(stratum), Harm.RISE));
            plans.add(WatchedSignal.outcome(rank(stratum), Harm.FALL));
        }
        return List.copyOf(plans);
    }

    OutcomeSignals(Watch watch) {
        score = watch.channel(SCORE);
        drawn = watch.channel(SCORE_DRAWN);
        uncertainty = watch.channel(UNCERTAINTY);
        ratio = watch.gauge(CALIBRATION);
        error = watch.gauge(CALIBRATION_ERROR);
        expectedAuc = watch.gauge(EXPECTED_AUC);
        surprise = watch.channel(SURPRISE);
        againstChampion = watch.gauge(AGAINST_CHAMPION);
        for (Stratum stratum : STRATA) {
            losses.add(watch.channel(loss(stratum)));
            ranks.add(watch.channel(rank(stratum)));
        }
    }

    void add(ScoredEvent event) {
        if (!event.scored()) {
            return;
        }
        double logit = event.logit();
        boolean positive = event.sample().label() == 1;
        double small = Math.exp(-Math.abs(logit));
        double probability = (logit < 0 ? small : 1) / (1 + small);
        double ofNegative = Math.max(logit, 0) + Math.log(1 + small);
        double loss = positive ? ofNegative - logit : ofNegative;
        scattered += GOLDEN;
        boolean looked = scattered < 0;
        if (looked) {
            score.add(logit);
            uncertainty.add(2 * Math.min(probability, 1 - probability));
            calibrate(probability, positive);
        }
        surprise.add(loss - ofNegative + probability * logit);
        double rank = rank(event, positive, looked);
        for (int k = 0; k < STRATA.size(); k++) {
            if (STRATA.get(k).holds(event)) {
                losses.get(k).add(loss);
                ranks.get(k).add(rank);
            }
        }
    }

    /** NaN, which a channel leaves out, where there is nothing to be ranked among. */
    private double rank(ScoredEvent event, boolean positive, boolean looked) {
        List<ScoredEvent.Negative> others = event.negatives();
        if (others.isEmpty()) {
            double rank = positive ? negatives.below(event.logit()) : 1 - positives.below(event.logit());
            (positive ? positives : negatives).add(event.logit());
            return rank;
        }
        double below = 0;
        for (int k = 0; k < others.size(); k++) {
            double other = others.get(k).logit();
            below += other < event.logit() ? 1 : other == event.logit() ? 0.5 : 0;
            if (looked) {
                calibrate(1 / (1 + Math.exp(-other)), false);
            }
        }
        if (looked) {
            drawn.add(others.get(0).logit());
        }
        return below / others.size();
    }

    private void calibrate(double probability, boolean positive) {
        if (probability >= 0) { // a prediction that is no number is the trainer's to report
            calibration.add(probability, positive);
            expected.add(probability);
        }
    }

    /** What the judge found of late. */
    void judged(List<Evidence> evidence) {
        for (Evidence one : evidence) {
            PairedMetrics overall = one.strata().get(Stratum.OVERALL.key());
            if (one.arm().equals(Evidence.LIVE) && overall != null) {
                againstChampion.set(overall.difference(), overall.error());
            }
        }
    }

    /** Before a test. */
    void look() {
        if (calibration.rows() > 0) {
            ratio.set(calibration.ratio(), calibration.ratioDeviation());
            error.set(calibration.error(), 0.5 / Math.sqrt((double) calibration.rows()));
            expectedAuc.set(expected.auc(), 0.5 / Math.sqrt((double) calibration.rows()));
            calibration.clear();
            expected.clear();
        }
    }
}
