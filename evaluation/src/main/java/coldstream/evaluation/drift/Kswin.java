package coldstream.evaluation.drift;

import static coldstream.domain.Check.check;

import java.util.SplittableRandom;

/**
 * KSWIN: the latest values against as many drawn from those before, by Kolmogorov-Smirnov. A drift when D is above the
 * critical value and above .1; then only the latest values stay.
 *
 * @see <a href="https://doi.org/10.1016/j.neucom.2019.11.111">Raab, Heusinger and Schleif, Reactive Soft Prototype Computing,
 *     2020, section 3</a>; window and sizes as in River, whose random draws are not repeated
 */
public final class Kswin implements DriftDetector {

    private static final int WINDOW = 100;
    private static final int LATEST = 30;
    private static final double LEAST = 0.1;

    private final double threshold;
    private final SplittableRandom random;

    /** Oldest first, {@code size} of them. */
    private final double[] window = new double[WINDOW];

    private int size;
    private final int every;
    private int untested;
    private double statistic;

    /** @param alpha chance of a false alarm with one value, in (0, 1); values are tested one by one, so keep it small */
    public Kswin(double alpha, long seed) {
        this(alpha, seed, 1);
    }

    /**
     * Tests now and then, which is cheaper.
     *
     * @param every values from one test to the next, at least 1
     */
    public Kswin(double alpha, long seed, int every) {
        check(every >= 1, "values from one test to the next must be at least 1, got %d", every);
        this.every = every;
        check(alpha > 0 && alpha < 1, "alpha must be between 0 and 1, got %s", alpha);
        threshold = Math.max(LEAST, KolmogorovSmirnov.critical(alpha, LATEST, LATEST));
        random = new SplittableRandom(seed);
    }

    @Override
    public State add(double value) {
        if (size == WINDOW) {
            System.arraycopy(window, 1, window, 0, --size);
        }
        window[size++] = value;
        if (size < WINDOW) {
            statistic = 0;
            return State.STEADY;
        }
        if (++untested < every) {
            return State.STEADY;
        }
        untested = 0;
        double[] latest = new double[LATEST];
        System.arraycopy(window, WINDOW - LATEST, latest, 0, LATEST);
        statistic = KolmogorovSmirnov.statistic(KolmogorovSmirnov.sorted(drawn()), KolmogorovSmirnov.sorted(latest));
        if (statistic <= threshold) {
            return State.STEADY;
        }
        System.arraycopy(latest, 0, window, 0, LATEST);
        size = LATEST;
        return State.DRIFT;
    }

    /** Some of the values before the latest, without replacement. */
    private double[] drawn() {
        double[] before = new double[WINDOW - LATEST];
        System.arraycopy(window, 0, before, 0, before.length);
        double[] drawn = new double[LATEST];
        for (int k = 0; k < LATEST; k++) {
            int other = k + random.nextInt(before.length - k);
            drawn[k] = before[other];
            before[other] = before[k];
        }
        return drawn;
    }

    /** Whether the last value was tested. */
    public boolean tested() {
        return untested == 0 && (size == WINDOW || statistic > threshold);
    }

    /** About the chance of the last {@link #statistic}, or a larger one, where nothing changed. */
    public double chance() {
        return size < WINDOW && statistic <= threshold ? 1 : KolmogorovSmirnov.chance(statistic, LATEST, LATEST);
    }

    /** The statistic that one value exceeds with this chance. */
    public double threshold(double chance) {
        return Math.max(LEAST, KolmogorovSmirnov.critical(chance, LATEST, LATEST));
    }

    @Override
    public double statistic() {
        return statistic;
    }

    @Override
    public double threshold() {
        return threshold;
    }
}
