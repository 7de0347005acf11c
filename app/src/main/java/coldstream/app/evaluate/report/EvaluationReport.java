package coldstream.app.evaluate.report;

import coldstream.app.dataset.DataSet;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.evaluation.PairedBootstrap;
import coldstream.evaluation.PairedDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The result of an evaluation.
 *
 * @param limit most events that were read
 * @param arms in the order asked for; the first is what the others are compared with
 * @param comparisons every other arm with the first, then every guided arm with its {@linkplain Arm#unguided twin} where
 *     that is another arm
 */
public record EvaluationReport(
        String protocol,
        String dataName,
        DataSet.Summary data,
        String labels,
        long limit,
        List<ArmRuns> arms,
        List<Comparison> comparisons) {

    public EvaluationReport {
        arms = List.copyOf(arms);
        comparisons = List.copyOf(comparisons);
    }

    /** Compares the arms. */
    public static EvaluationReport of(
            String protocol, String dataName, DataSet.Summary data, String labels, long limit, List<ArmRuns> arms) {
        List<Comparison> comparisons = new ArrayList<>();
        ArmRuns first = arms.get(0);
        arms.stream().skip(1).forEach(arm -> comparisons.add(compare(arm, first)));
        for (ArmRuns arm : arms) {
            twin(arm, arms)
                    .filter(twin -> !twin.arm().equals(first.arm()))
                    .ifPresent(twin -> comparisons.add(compare(arm, twin)));
        }
        return new EvaluationReport(protocol, dataName, data, labels, limit, arms, comparisons);
    }

    /** The same arm without guidance, if it is there and another one. */
    private static Optional<ArmRuns> twin(ArmRuns arm, List<ArmRuns> arms) {
        return arms.stream()
                .filter(other ->
                        arm.arm().guided() && other.arm().same(arm.arm().unguided()))
                .findFirst();
    }

    static Comparison compare(ArmRuns arm, ArmRuns baseline) {
        PairedBootstrap bootstrap = PairedBootstrap.DEFAULT;
        return new Comparison(
                arm.arm(),
                baseline.arm(),
                bootstrap.compare(arm.areas(), baseline.areas()),
                arm.within().isEmpty() ? Map.of() : bootstrap.compare(arm.within(), baseline.within()));
    }

    /**
     * The arm whose mean area is the greatest in a stratum, if it is greater than every other arm's beyond the paired
     * interval.
     */
    Optional<Arm> best(String stratum) {
        ArmRuns best = arms.get(0);
        for (ArmRuns arm : arms) {
            if (arm.mean(stratum, StratumResult::auc) > best.mean(stratum, StratumResult::auc)) {
                best = arm;
            }
        }
        for (ArmRuns arm : arms) {
            if (!arm.arm().equals(best.arm())) {
                PairedDifference lead = PairedBootstrap.DEFAULT
                        .compare(best.areas(), arm.areas())
                        .get(stratum);
                if (lead == null || !lead.better()) {
                    return Optional.empty();
                }
            }
        }
        return arms.size() == 1 ? Optional.empty() : Optional.of(best.arm());
    }

    /** The runs' seeds, the same for every arm. */
    List<Long> seeds() {
        return Objects.requireNonNull(arms.get(0)).seeds();
    }
}
