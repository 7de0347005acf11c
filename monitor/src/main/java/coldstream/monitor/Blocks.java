package coldstream.monitor;

import coldstream.evaluation.drift.Adwin;
import coldstream.evaluation.drift.Autocorrelation;
import coldstream.evaluation.drift.Kswin;
import coldstream.evaluation.drift.PageHinkley;
import java.util.List;

/**
 * The change detectors of one signal. They look at means of blocks of values, long enough and far enough apart to be nearly
 * independent; Page-Hinkley at the scores of their ranks, ADWIN at units of the deviation the first blocks had. Memory does not
 * grow.
 */
final class Blocks {

    /** Values that say how long a block is. */
    private static final int FIRST_VALUES = 4_096;

    /** Blocks that say what is usual. */
    private static final int FIRST_BLOCKS = 64;

    private static final int SHORTEST = 16;

    /** Times τ: a block, and what is left out behind it, so that the next says something new. */
    private static final double LENGTH = 3;

    private static final double GAP = 1;

    /** What Page-Hinkley forgives, in deviations of a block: half of the change it finds soonest. */
    private static final double FORGIVEN = 0.25;

    /** A sum that is reached by chance once in 10¹² blocks; more adds nothing. */
    private static final double CERTAIN = 55;

    private static final double KSWIN_ALPHA = 1e-6;
    private static final long SEED = 1;

    /** Blocks from one test of KSWIN's to the next: one costs as much as a hundred values. */
    private static final int KSWIN_EVERY = 8;

    private final Harm harm;
    private final Usual values = new Usual();
    private final Autocorrelation first = new Autocorrelation();
    private int length;
    private int gap;
    private double open;
    private int filled;

    private Usual blocks = new Usual();
    private RankScores ranks = new RankScores();
    private PageHinkley pageHinkley;
    private Adwin adwin = new Adwin(Adwin.DEFAULT_DELTA);
    private Kswin kswin = new Kswin(KSWIN_ALPHA, SEED, KSWIN_EVERY);
    private double mean;
    private long seen;

    // Since the last look.
    private long looked;
    private double sum;
    private double highest;
    private double unlikeliest = 1;
    private int tests;
    private double furthest;

    /** A running mean and deviation. */
    private static final class Usual {
        private long count;
        private double mean;
        private double spread;

        void add(double value) {
            double before = value - mean;
            mean += before / ++count;
            spread += before * (value - mean);
        }

        double deviation() {
            return Math.sqrt(spread / (count - 1));
        }
    }

    Blocks(Harm harm) {
        this.harm = harm;
        pageHinkley = pageHinkley();
    }

    private PageHinkley pageHinkley() {
        PageHinkley.Direction direction =
                switch (harm) {
                    case RISE -> PageHinkley.Direction.UP;
                    case FALL -> PageHinkley.Direction.DOWN;
                    case EITHER -> PageHinkley.Direction.BOTH;
                };
        return new PageHinkley(SHORTEST, FORGIVEN, CERTAIN, 1, direction);
    }

    void add(double value) {
        if (length == 0) {
            first.add(value);
            values.add(value);
            if (values.count == FIRST_VALUES) {
                double time = first.time();
                length = (int) Math.max(SHORTEST, Math.ceil(LENGTH * time));
                gap = time > 1.5 ? (int) Math.ceil(GAP * time) : 0;
            }
            return;
        }
        if (++filled <= length) {
            open += value;
        }
        if (filled == length) {
            block(open / length);
        }
        if (filled == length + gap) {
            open = 0;
            filled = 0;
        }
    }

    private void block(double of) {
        double score = ranks.next(of);
        if (blocks.count < FIRST_BLOCKS) {
            blocks.add(of);
            return;
        }
        double deviation = blocks.deviation();
        double z = deviation > 0 ? (of - blocks.mean) / deviation : Math.signum(of - blocks.mean);
        looked++;
        sum += z;
        mean += (z - mean) / ++seen;
        pageHinkley.add(score);
        highest = Math.max(highest, pageHinkley.statistic());
        adwin.add(z);
        kswin.add(z);
        if (kswin.tested()) {
            tests++;
            double chance = kswin.chance();
            if (chance < unlikeliest) {
                unlikeliest = chance;
                furthest = kswin.statistic();
            }
        }
    }

    /** Whether there is anything to test since the last look. */
    boolean ready() {
        return looked > 0;
    }

    /** What the detectors say of the blocks since the last look; they go on from there. */
    List<Finding> look(double level) {
        boolean harmful = harm.in(sum / looked - mean);
        double inValues = values.spread > 0 ? blocks.deviation() / values.deviation() : 1;
        double apart = adwin.statistic() * inValues;
        List<Finding> findings = List.of(
                new Finding(
                        Detector.PAGE_HINKLEY,
                        highest,
                        pageHinkley.threshold(level, (double) looked),
                        pageHinkley.chance(highest, (double) looked),
                        true),
                new Finding(
                        Detector.ADWIN,
                        apart,
                        Math.max(WatchedSignal.LOOK, adwin.threshold(level) * inValues),
                        adwin.takeChance(),
                        harmful && apart > WatchedSignal.LOOK),
                new Finding(
                        Detector.KSWIN,
                        furthest,
                        kswin.threshold(level / Math.max(1, tests)),
                        Math.min(1, unlikeliest * Math.max(1, tests)),
                        harmful));
        looked = 0;
        sum = 0;
        highest = pageHinkley.statistic();
        unlikeliest = 1;
        tests = 0;
        furthest = 0;
        return findings;
    }

    /** Begins anew, with blocks of the length there is: what comes now is what is usual. */
    void restart() {
        blocks = new Usual();
        ranks = new RankScores();
        pageHinkley = pageHinkley();
        adwin = new Adwin(Adwin.DEFAULT_DELTA);
        kswin = new Kswin(KSWIN_ALPHA, SEED, KSWIN_EVERY);
        mean = 0;
        seen = 0;
        looked = 0;
        sum = 0;
        highest = 0;
        unlikeliest = 1;
        tests = 0;
        furthest = 0;
    }
}
