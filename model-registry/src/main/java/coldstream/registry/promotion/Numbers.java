package coldstream.registry.promotion;

import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The numbers of a decision as the audit keeps them: by name, as text. */
final class Numbers {

    private Numbers() {}

    /** Those of one stratum. */
    static void note(Map<String, String> details, String stratum, PairedMetrics found, double deviations) {
        put(details, stratum, "auc", found.auc());
        put(details, stratum, "baseline_auc", found.baselineAuc());
        put(details, stratum, "difference", found.difference());
        put(details, stratum, "difference_low", found.low(deviations));
        put(details, stratum, "difference_high", found.high(deviations));
        put(details, stratum, "logloss", found.logloss());
        put(details, stratum, "baseline_logloss", found.baselineLogloss());
        put(details, stratum, "calibration", found.calibration());
        put(details, stratum, "baseline_calibration", found.baselineCalibration());
        details.put(stratum + ".events", Long.toString(found.events()));
        details.put(stratum + ".positives", Long.toString(found.positives()));
        details.put(stratum + ".users", Long.toString(found.users()));
    }

    /** What was compared and on which part of the stream. */
    static Map<String, String> of(Evidence evidence) {
        Map<String, String> details = new TreeMap<>();
        details.put("arm", evidence.arm());
        details.put("baseline", evidence.baseline());
        details.put("steps", Long.toString(evidence.steps()));
        details.put("judged_from", evidence.from().toString());
        details.put("judged_to", evidence.to().toString());
        evidence.fromOffsets().forEach((partition, offset) -> details.put("from_offset." + partition, "" + offset));
        evidence.toOffsets().forEach((partition, offset) -> details.put("to_offset." + partition, "" + offset));
        return details;
    }

    private static void put(Map<String, String> details, String stratum, String name, double value) {
        details.put(stratum + "." + name, String.format(Locale.ROOT, "%.4f", value));
    }
}
