package coldstream.evaluation.drift;

import static coldstream.domain.Check.check;

/**
 * The Page-Hinkley test: how far values have run away from their mean. With x̄ the mean so far, S ← max(0, α S + (x − x̄ − δ))
 * for a rise, and the same of −x for a fall; a drift when S ≥ λ.
 *
 * <p>λ is in units of the values: give them {@linkplain Standardized unit variance} first.
 *
 * @see <a href="https://doi.org/10.1093/biomet/41.1-2.100">Page, Continuous Inspection Schemes, 1954</a>; defaults are River's
 */
public final class PageHinkley implements DriftDetector {

    /** Which way values may run. */
    public enum Direction {
        UP,
        DOWN,
        BOTH
    }

    /** What a sum of normal values exceeds a boundary by, of both boundaries together. */
    private static final double OVERSHOOT = 1.166;

    private final int least;
    private final double delta;
    private final double lambda;
    private final double alpha;
    private final Direction direction;

    private long values;
    private double mean;
    private double rise;
    private double fall;
    private boolean drifted;

    /**
     * @param least values, this one not counted, before any alarm
     * @param delta δ: what a value may differ from the mean for nothing, at least 0
     * @param lambda λ: what may add up, more than 0
     * @param alpha α: what stays of the sum with each value, in (0, 1]
     */
    public PageHinkley(int least, double delta, double lambda, double alpha, Direction direction) {
        check(delta >= 0, "delta must not be negative, got %s", delta);
        check(lambda > 0, "lambda must be positive, got %s", lambda);
        check(alpha > 0 && alpha <= 1, "alpha must be above 0 and at most 1, got %s", alpha);
        this.least = least;
        this.delta = delta;
        this.lambda = lambda;
        this.alpha = alpha;
        this.direction = direction;
    }

    /** With 30, .005, 50 and .9999. */
    public PageHinkley(Direction direction) {
        this(30, 0.005, 50, 0.9999, direction);
    }

    @Override
    public State add(double value) {
        if (drifted) {
            values = 0;
            mean = 0;
            rise = 0;
            fall = 0;
        }
        values++;
        mean += (value - mean) / values;
        rise = Math.max(0, alpha * rise + (value - mean - delta));
        fall = Math.max(0, alpha * fall + (mean - value - delta));
        drifted = values + 1 >= least && statistic() >= lambda;
        return drifted ? State.DRIFT : State.STEADY;
    }

    /**
     * About the chance that S comes to this among so many values, where these are independent, of unit variance, and nothing
     * changes: 1 − exp(−n / L), L being the mean number of values until it does. With S = 0 it is 1.
     *
     * @see <a href="https://doi.org/10.1007/978-1-4757-1862-1">Siegmund, Sequential Analysis, 1985, section 2.6</a>: L = (exp(2 δ b) − 1 −
     *     2 δ b) / (2 δ²), b = S + 1.166
     */
    public double chance(double statistic, double among) {
        if (statistic <= 0) {
            return 1;
        }
        double x = 2 * delta * (statistic + OVERSHOOT);
        double length = delta > 0 ? (StrictMath.expm1(x) - x) / (2 * delta * delta) : square(statistic + OVERSHOOT);
        return -StrictMath.expm1(-among * sides() / length);
    }

    /** The S that has this {@link #chance}. */
    public double threshold(double chance, double among) {
        if (chance <= 0) {
            return Double.POSITIVE_INFINITY;
        }
        double length = -among * sides() / StrictMath.log1p(-Math.min(chance, 0.999));
        if (delta == 0) {
            return Math.max(0, Math.sqrt(length) - OVERSHOOT);
        }
        double x = 1;
        for (int step = 0; step < 50; step++) {
            x = StrictMath.log1p(x + 2 * delta * delta * length);
        }
        return Math.max(0, x / (2 * delta) - OVERSHOOT);
    }

    private int sides() {
        return direction == Direction.BOTH ? 2 : 1;
    }

    private static double square(double value) {
        return value * value;
    }

    @Override
    public double statistic() {
        return switch (direction) {
            case UP -> rise;
            case DOWN -> fall;
            case BOTH -> Math.max(rise, fall);
        };
    }

    @Override
    public double threshold() {
        return lambda;
    }
}
