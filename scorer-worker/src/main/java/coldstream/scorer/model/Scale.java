package coldstream.scorer.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What becomes of the scores of one request before they are stored. NaN stays NaN. */
public enum Scale {
    /** Nothing. */
    RAW,
    /** (s − least) / (greatest − least); ½ where all are equal. */
    MIN_MAX,
    /** (rank − ½) / n, rank from 1 for the least; equal scores have their mean rank. */
    QUANTILE;

    List<Double> of(List<Double> scores) {
        double[] known = scores.stream()
                .mapToDouble(Double::doubleValue)
                .filter(score -> !Double.isNaN(score))
                .sorted()
                .toArray();
        if (this == RAW || known.length == 0) {
            return scores;
        }
        List<Double> scaled = new ArrayList<>(scores.size());
        for (double score : scores) {
            scaled.add(Double.isNaN(score) ? score : this == MIN_MAX ? minMax(known, score) : quantile(known, score));
        }
        return scaled;
    }

    private static double minMax(double[] sorted, double score) {
        double least = sorted[0];
        double greatest = sorted[sorted.length - 1];
        return least < greatest ? (score - least) / (greatest - least) : 0.5;
    }

    private static double quantile(double[] sorted, double score) {
        long below = Arrays.stream(sorted).filter(other -> other < score).count();
        long equal = Arrays.stream(sorted).filter(other -> other == score).count();
        return (below + equal / 2.0) / sorted.length;
    }
}
