package coldstream.evaluation.drift;

import static coldstream.domain.Check.check;

/**
 * DDM: an error rate that rises. Of p errors among n values s = √(p (1 − p) / n); p and s are remembered where p + s was least,
 * and p + s above p_min + 2 s_min warns, above p_min + 3 s_min is a drift. A falling error rate is none.
 *
 * @see <a href="https://doi.org/10.1007/978-3-540-28645-5_29">Gama et al., Learning with Drift Detection, 2004</a>; the first
 *     30 values only warm up, as in River
 */
public final class Ddm implements DriftDetector {

    private static final int WARM_UP = 30;
    private static final double WARNING = 2;
    private static final double DRIFT = 3;

    private long values;
    private double rate;
    private double leastRate = Double.POSITIVE_INFINITY;
    private double leastDeviation = Double.POSITIVE_INFINITY;
    private double level;
    private boolean drifted;

    /** @param error 1 for an error, 0 for none */
    @Override
    public State add(double error) {
        check(error == 0 || error == 1, "an error must be 0 or 1, got %s", error);
        if (drifted) {
            values = 0;
            rate = 0;
            leastRate = Double.POSITIVE_INFINITY;
            leastDeviation = Double.POSITIVE_INFINITY;
            drifted = false;
        }
        values++;
        rate += (error - rate) / values;
        if (values <= WARM_UP) {
            return State.STEADY;
        }
        double deviation = Math.sqrt(rate * (1 - rate) / values);
        level = rate + deviation;
        if (level <= leastRate + leastDeviation) {
            leastRate = rate;
            leastDeviation = deviation;
        }
        drifted = level > threshold();
        if (drifted) {
            return State.DRIFT;
        }
        return level > leastRate + WARNING * leastDeviation ? State.WARNING : State.STEADY;
    }

    @Override
    public double statistic() {
        return level;
    }

    @Override
    public double threshold() {
        return leastRate + DRIFT * leastDeviation;
    }
}
