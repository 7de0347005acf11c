package coldstream.app.evaluate.prequential;

import coldstream.app.dataset.DataSet;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.domain.StratumMetrics;
import coldstream.evaluation.PairedBootstrap;
import coldstream.evaluation.PairedDifference;
import coldstream.evaluation.RunAreas;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of an evaluation.
 *
 * @param paired differences of every other arm to the first, users and seeds drawn together
 */
record EvaluationReport(
        String protocol,
        String dataName,
        DataSet.Summary data,
        List<ArmRun> runs,
        Map<Arm, Map<String, PairedDifference>> paired) {

    /** Compares every other arm with the first. */
    static EvaluationReport of(String protocol, String dataName, DataSet.Summary data, List<ArmRun> runs) {
        Map<Arm, List<RunAreas>> scores = new LinkedHashMap<>();
        for (ArmRun run : runs) {
            scores.computeIfAbsent(run.arm(), arm -> new ArrayList<>())
                    .add(run.scores().areas(PairedBootstrap.DEFAULT));
        }
        List<RunAreas> baseline = scores.values().iterator().next();
        Map<Arm, Map<String, PairedDifference>> paired = new LinkedHashMap<>();
        scores.forEach((arm, ofArm) -> {
            if (ofArm != baseline) {
                paired.put(arm, PairedBootstrap.DEFAULT.compare(ofArm, baseline));
            }
        });
        return new EvaluationReport(protocol, dataName, data, runs, paired);
    }

    /** The form of {@code evaluate --out}. */
    byte[] json() {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("protocol", protocol);
        ObjectNode about = root.putObject("data");
        about.put("name", dataName);
        about.put("events", data.events());
        about.put("users", data.users());
        about.put("items", data.items());
        ArrayNode arms = root.putArray("arms");
        runs.forEach(run -> arms.add(json(run)));
        ArrayNode differences = root.putArray("paired");
        Arm baseline = runs.get(0).arm();
        paired.forEach((arm, byStratum) -> byStratum.forEach((stratum, difference) -> {
            ObjectNode node = differences.addObject();
            node.put("arm", arm.toString());
            node.put("baseline", baseline.toString());
            node.put("stratum", stratum);
            put(node, "difference", difference.difference());
            put(node, "low", difference.low());
            put(node, "high", difference.high());
        }));
        return Json.write(root);
    }

    private static ObjectNode json(ArmRun run) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("arm", run.arm().toString());
        node.put("backbone", run.arm().backbone());
        node.put("gate", run.arm().gate());
        node.put("guidance", run.arm().guidance());
        node.put("item_rows", run.arm().itemRows());
        node.put("q", "entropy");
        node.put("seed", run.seed());
        put(node, "seconds", run.seconds());
        node.set("learnt_trust", Json.mapper().valueToTree(run.gate()));
        ObjectNode strata = node.putObject("strata");
        run.strata().forEach((stratum, metrics) -> strata.set(stratum, json(metrics)));
        return node;
    }

    private static ObjectNode json(StratumMetrics metrics) {
        ObjectNode node = Json.mapper().createObjectNode();
        put(node, "auc", metrics.auc());
        put(node, "auc_low", metrics.aucLow());
        put(node, "auc_high", metrics.aucHigh());
        put(node, "logloss", metrics.logloss());
        node.put("n", metrics.n());
        return node;
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
