package coldstream.evaluation.drift;

import static coldstream.domain.Check.check;

/**
 * Gives a detector values in units of their own deviation: the first values say what mean and deviation are, all later ones are
 * given as (x − mean) / deviation. Values before that are not looked at.
 */
public final class Standardized implements DriftDetector {

    private final DriftDetector detector;
    private final int first;
    private long values;
    private double mean;
    private double spread;

    /** @param first values that say what is usual, at least 2 */
    public Standardized(int first, DriftDetector detector) {
        check(first >= 2, "the first values must be at least 2, got %d", first);
        this.first = first;
        this.detector = detector;
    }

    @Override
    public State add(double value) {
        if (values < first) {
            values++;
            double before = value - mean;
            mean += before / values;
            spread += before * (value - mean);
            return State.STEADY;
        }
        double deviation = Math.sqrt(spread / (first - 1));
        return detector.add(deviation == 0 ? value - mean : (value - mean) / deviation);
    }

    @Override
    public double statistic() {
        return detector.statistic();
    }

    @Override
    public double threshold() {
        return detector.threshold();
    }
}
