package coldstream.registry.promotion;

import static coldstream.domain.Check.check;

import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether an arm may take the place of its baseline, by what both predicted for the same events.
 *
 * <p>A stratum speaks when it has enough events, positives and users. With d ± z·e the difference of the areas and its
 * interval, l ± z·e' that of the losses, and c and c' the calibration ratios of arm and baseline, a stratum that speaks says
 *
 * <pre>
 * worse ⇔ d + z·e &lt; −auc  or  l − z·e' &gt; logloss  or  c outside [low, high] and |ln c| &gt; |ln c'|
 * good  ⇔ not worse and d − y·e ≥ −auc
 * </pre>
 *
 * One stratum that says worse is enough against the arm, so z is that of as many comparisons as there are; for it, every
 * required stratum must say good, so y is that of one: who is worse in any of them would have to be wrongly shown there.
 *
 * @param intervals z and y
 * @param minEvents a stratum needs to speak, at least 1
 * @param minPositives among its rows, at least 1
 * @param minUsers with a row, at least 2
 * @param required strata that must say good
 */
record EvidenceRule(
        Thresholds thresholds,
        Intervals intervals,
        long minEvents,
        long minPositives,
        long minUsers,
        List<String> required) {

    EvidenceRule {
        check(minEvents >= 1, "registry.promotion-min-evidence must be at least 1, got %d", minEvents);
        check(minPositives >= 1, "registry.promotion-min-positives must be at least 1, got %d", minPositives);
        check(minUsers >= 2, "registry.promotion-min-users must be at least 2, got %d", minUsers);
        required = List.copyOf(required);
    }

    /** @param begins how often what was measured began anew before this evidence */
    Verdict judge(Evidence evidence, int begins) {
        int tests = thresholds.tests();
        Map<String, String> details = new TreeMap<>();
        List<String> against = new ArrayList<>();
        List<String> little = new ArrayList<>();
        List<String> close = new ArrayList<>();
        new TreeMap<>(evidence.strata()).forEach((stratum, found) -> {
            if (speaks(found)) {
                against(stratum, found, tests, begins, against);
                double auc = thresholds.of(stratum, Measure.AUC).orElse(0);
                Numbers.note(details, stratum, found, deviations(found.error(), auc, tests, begins));
            }
        });
        for (String stratum : required) {
            open(stratum, evidence.strata().get(stratum), begins, little, close);
        }
        if (!against.isEmpty()) {
            return new Verdict(Verdict.Kind.WORSE, String.join("; ", against), details);
        }
        if (!little.isEmpty()) {
            return new Verdict(Verdict.Kind.LITTLE, String.join("; ", little), details);
        }
        if (!close.isEmpty()) {
            return new Verdict(Verdict.Kind.CLOSE, String.join("; ", close), details);
        }
        return new Verdict(Verdict.Kind.GOOD, "not worse in any stratum, shown in " + required, details);
    }

    private boolean speaks(PairedMetrics found) {
        return found.events() >= minEvents
                && found.positives() >= minPositives
                && found.users() >= minUsers
                && Double.isFinite(found.difference())
                && Double.isFinite(found.error());
    }

    /** An error of 0 leaves nothing to be wide; one that is no number decides nothing. */
    private double deviations(double standardError, double threshold, int tests, int begins) {
        return standardError > 0 ? intervals.deviations(standardError, threshold, tests, begins) : standardError;
    }

    private void against(String stratum, PairedMetrics found, int tests, int begins, List<String> against) {
        OptionalDouble auc = thresholds.of(stratum, Measure.AUC);
        if (auc.isPresent()) {
            double high = found.high(deviations(found.error(), auc.getAsDouble(), tests, begins));
            if (high < -auc.getAsDouble()) {
                against.add(text(
                        "worse in %s: the AUC is at least %.4f lower, %.4f is allowed",
                        stratum, -high, auc.getAsDouble()));
            }
        }
        OptionalDouble loss = thresholds.of(stratum, Measure.LOGLOSS);
        if (loss.isPresent()) {
            double wide = deviations(found.loglossError(), loss.getAsDouble(), tests, begins);
            double least = found.loglossDifference() - wide * found.loglossError();
            if (least > loss.getAsDouble()) {
                against.add(text(
                        "worse in %s: the logloss is at least %.4f higher, %.4f is allowed",
                        stratum, least, loss.getAsDouble()));
            }
        }
        double low = thresholds.of(stratum, Measure.CALIBRATION_LOW).orElse(0);
        double high = thresholds.of(stratum, Measure.CALIBRATION_HIGH).orElse(Double.POSITIVE_INFINITY);
        boolean outside = found.calibration() < low || found.calibration() > high;
        if (outside && Math.abs(Math.log(found.calibration())) > Math.abs(Math.log(found.baselineCalibration()))) {
            against.add(text(
                    "worse in %s: the calibration ratio is %.3f, %.3f to %.3f is allowed",
                    stratum, found.calibration(), low, high));
        }
    }

    private void open(
            String stratum, @Nullable PairedMetrics found, int begins, List<String> little, List<String> close) {
        if (found == null) {
            little.add("no events in " + stratum);
        } else if (!speaks(found)) {
            little.add(text(
                    "too little evidence in %s: %d events of %d, %d positives of %d, %d users of %d",
                    stratum, found.events(), minEvents, found.positives(), minPositives, found.users(), minUsers));
        } else {
            OptionalDouble auc = thresholds.of(stratum, Measure.AUC);
            if (auc.isPresent()) {
                double low = found.low(deviations(found.error(), auc.getAsDouble(), 1, begins));
                if (low < -auc.getAsDouble()) {
                    close.add(text(
                            "too close in %s: the AUC may be %.4f lower, %.4f is allowed",
                            stratum, -low, auc.getAsDouble()));
                }
            }
        }
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
