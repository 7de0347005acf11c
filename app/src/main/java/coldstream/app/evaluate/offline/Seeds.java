package coldstream.app.evaluate.offline;

import static coldstream.domain.Check.check;

import coldstream.evaluation.PairedDifference;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Figures of several seeds taken together.
 *
 * <p>A difference's 95 % interval has two parts, added in squares: users are a sample of users (1.96 standard errors, from
 * their influences, a user's seeds together), seeds are a sample of seeds (Student's quantile of their standard error; absent
 * with one seed). Each seed also draws other items to compare with, so the second part holds some of the first: the interval
 * is rather too wide.
 */
final class Seeds {

    private static final double NORMAL = 1.959964;

    /** Student's 0.975 quantiles for 1, 2, ... degrees of freedom. */
    private static final double[] STUDENT = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};

    private Seeds() {}

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    }

    /** Of the mean over seeds; NaN with one seed. */
    static double standardError(List<Double> values) {
        double mean = mean(values);
        double squares = values.stream()
                .mapToDouble(value -> (value - mean) * (value - mean))
                .sum();
        return Math.sqrt(squares / (values.size() - 1) / values.size());
    }

    /** How much the areas of an arm exceed those of a baseline with the same seeds. */
    static PairedDifference compare(List<Area> arm, List<Area> baseline) {
        check(arm.size() == baseline.size(), "seeds must match, got %d and %d", arm.size(), baseline.size());
        List<Double> differences = IntStream.range(0, arm.size())
                .mapToObj(seed -> arm.get(seed).value() - baseline.get(seed).value())
                .toList();
        double variance = 0;
        for (int user = 0; user < arm.get(0).users(); user++) {
            double influence = 0;
            for (int seed = 0; seed < arm.size(); seed++) {
                influence += (arm.get(seed).influence(user) - baseline.get(seed).influence(user)) / arm.size();
            }
            variance += influence * influence;
        }
        double ofUsers = NORMAL * Math.sqrt(variance);
        double ofSeeds = arm.size() == 1
                ? 0
                : STUDENT[Math.min(arm.size() - 1, STUDENT.length) - 1] * standardError(differences);
        double mean = mean(differences);
        double reach = Math.hypot(ofUsers, ofSeeds);
        return new PairedDifference(mean, mean - reach, mean + reach);
    }
}
