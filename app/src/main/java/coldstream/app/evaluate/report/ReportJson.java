package coldstream.app.evaluate.report;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.evaluation.AreaDraws;
import coldstream.evaluation.CatalogueCalibration;
import coldstream.evaluation.PairedDifference;
import coldstream.evaluation.RunAreas;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** The form of {@code evaluate --out}. */
final class ReportJson {

    private ReportJson() {}

    static byte[] of(EvaluationReport report) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("protocol", report.protocol());
        ObjectNode about = root.putObject("data");
        about.put("name", report.dataName());
        about.put("events", report.data().events());
        about.put("users", report.data().users());
        about.put("items", report.data().items());
        root.put("labels", report.labels());
        ArrayNode arms = root.putArray("arms");
        for (ArmRuns runs : report.arms()) {
            for (int place = 0; place < runs.seeds().size(); place++) {
                arms.add(run(runs.arm(), runs.seeds().get(place), runs.results().get(place)));
            }
        }
        ArrayNode paired = root.putArray("paired");
        for (Comparison comparison : report.comparisons()) {
            differences(comparison, "auc", comparison.strata(), paired);
            differences(comparison, "auc_within_events", comparison.within(), paired);
        }
        return Json.write(root);
    }

    private static ObjectNode run(Arm arm, long seed, RunResult result) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("arm", arm.toString());
        node.put("backbone", arm.backbone());
        node.put("gate", arm.gate());
        node.put("guidance", arm.guidance());
        node.put("item_rows", arm.itemRows());
        node.put("teacher", arm.taught() ? arm.teacher() : "none");
        node.put("leaks_the_future", arm.leaks());
        node.put("q", result.config().getOrDefault("uncertainty", "entropy"));
        node.put("seed", seed);
        node.put("device", result.device());
        node.put("skipped_steps", result.skippedSteps());
        node.set("skipped_because", Json.mapper().valueToTree(result.skipped()));
        put(node, "seconds", result.seconds());
        put(node, "events_per_second", result.eventsPerSecond());
        node.put("language_model_calls", result.calls());
        node.set("learnt_trust", Json.mapper().valueToTree(result.gate()));
        ObjectNode strata = node.putObject("strata");
        result.strata().forEach((stratum, metrics) -> strata.set(stratum, stratum(metrics)));
        result.within().ifPresent(within -> node.set("auc_within_events", within(within)));
        result.catalogue().ifPresent(catalogue -> node.set("catalogue_calibration", catalogue(catalogue)));
        node.set("config", Json.mapper().valueToTree(result.config()));
        return node;
    }

    private static ObjectNode catalogue(CatalogueCalibration.Result catalogue) {
        ObjectNode node = Json.mapper().createObjectNode();
        put(node, "ratio", catalogue.ratio());
        put(node, "error", catalogue.error());
        put(node, "corrected_ratio", catalogue.correctedRatio());
        put(node, "corrected_error", catalogue.correctedError());
        return node;
    }

    private static ObjectNode stratum(StratumResult metrics) {
        ObjectNode node = Json.mapper().createObjectNode();
        put(node, "auc", metrics.auc());
        put(node, "auc_low", metrics.aucLow());
        put(node, "auc_high", metrics.aucHigh());
        put(node, "logloss", metrics.logloss());
        node.put("n", metrics.n());
        put(node, "calibration_ratio", metrics.calibrationRatio());
        put(node, "calibration_error", metrics.calibrationError());
        ArrayNode overTime = node.putArray("auc_over_time");
        metrics.overTime().forEach(auc -> {
            if (Double.isFinite(auc)) {
                overTime.add(auc);
            } else {
                overTime.addNull();
            }
        });
        return node;
    }

    private static ObjectNode within(RunAreas areas) {
        ObjectNode node = Json.mapper().createObjectNode();
        for (Map.Entry<String, AreaDraws> stratum : areas.strata().entrySet()) {
            put(node, stratum.getKey(), stratum.getValue().area());
        }
        return node;
    }

    private static void differences(
            Comparison comparison, String metric, Map<String, PairedDifference> found, ArrayNode to) {
        found.forEach((stratum, difference) -> {
            ObjectNode node = to.addObject();
            node.put("arm", comparison.arm().toString());
            node.put("baseline", comparison.baseline().toString());
            node.put("metric", metric);
            node.put("stratum", stratum);
            put(node, "difference", difference.difference());
            put(node, "low", difference.low());
            put(node, "high", difference.high());
        });
    }

    /** A number, or null where there is none: JSON knows no NaN. */
    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
