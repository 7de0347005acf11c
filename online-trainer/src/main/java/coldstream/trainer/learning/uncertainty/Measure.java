package coldstream.trainer.learning.uncertainty;

import static coldstream.domain.Check.check;

import coldstream.model.Logistic;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How unsure a student is, in [0, 1]. Only the masks' measures and the counts tell "not known" from "even"; the first two are
 * high for any item with a probability of one half, and order rows alike.
 */
public enum Measure {
    /** 2 (1 − max(p, 1 − p)). */
    CONFIDENCE,
    /** H(p) = −p log₂ p − (1 − p) log₂(1 − p), in bits. */
    ENTROPY,
    /** 4 times the variance of p over networks with random silences. */
    MC_VARIANCE,
    /** H(mean p) − mean H(p) over such networks, in bits: the information the answer would give about the network. */
    MC_INFORMATION,
    /** 1 / √(1 + min(n<sub>u</sub>, n<sub>i</sub>)), n being the positives of the user and of the item. */
    ROW_COUNT;

    private static final double LN_2 = StrictMath.log(2);
    private static final double SMALLEST = 1e-6;

    /** Reads a name such as {@code mc-variance}. */
    public static Measure parse(String name) {
        check(names().contains(name), "uncertainty must be one of %s, got %s", names(), name);
        return valueOf(name.replace('-', '_').toUpperCase(Locale.ROOT));
    }

    /** All names. */
    public static List<String> names() {
        return Arrays.stream(values()).map(Measure::toString).toList();
    }

    /** The form {@link #parse} reads. */
    @Override
    public String toString() {
        return name().replace('_', '-').toLowerCase(Locale.ROOT);
    }

    /** Whether it asks networks with random silences. */
    boolean asksMasks() {
        return this == MC_VARIANCE || this == MC_INFORMATION;
    }

    static double confidence(double logit) {
        double p = Logistic.sigmoid(logit);
        return 2 * (1 - Math.max(p, 1 - p));
    }

    static double entropy(double logit) {
        return bits(Logistic.sigmoid(logit));
    }

    private static double bits(double probability) {
        double p = Math.max(SMALLEST, Math.min(1 - SMALLEST, probability));
        return -(p * StrictMath.log(p) + (1 - p) * StrictMath.log(1 - p)) / LN_2;
    }

    /** @param logits of one row, one by mask */
    static double variance(double[] logits) {
        double mean = 0;
        double square = 0;
        for (double logit : logits) {
            double p = Logistic.sigmoid(logit);
            mean += p / logits.length;
            square += p * p / logits.length;
        }
        return 4 * Math.max(0, square - mean * mean);
    }

    /** @param logits of one row, one by mask */
    static double information(double[] logits) {
        double mean = 0;
        double entropy = 0;
        for (double logit : logits) {
            double p = Logistic.sigmoid(logit);
            mean += p / logits.length;
            entropy += bits(p) / logits.length;
        }
        return Math.max(0, bits(mean) - entropy);
    }

    static double rowCount(long user, long item) {
        return 1 / Math.sqrt(1.0 + Math.min(user, item));
    }
}
