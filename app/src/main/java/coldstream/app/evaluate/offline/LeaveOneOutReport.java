package coldstream.app.evaluate.offline;

import coldstream.evaluation.PairedDifference;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The result.
 *
 * @param trials the arms' in order, each arm with the same seeds
 */
record LeaveOneOutReport(String dataName, LeaveOneOut split, List<Trial> trials) {

    /** Every arm's trials. */
    Map<String, List<Trial>> byArm() {
        Map<String, List<Trial>> arms = new LinkedHashMap<>();
        trials.forEach(trial -> arms.computeIfAbsent(trial.arm(), name -> new java.util.ArrayList<>())
                .add(trial));
        return arms;
    }

    /** The first arm that was trained, or the first of all: what the others are compared with. */
    String baseline() {
        return trials.stream()
                .filter(trial -> trial.training().isPresent())
                .findFirst()
                .orElse(trials.get(0))
                .arm();
    }

    /** Differences of an arm to the baseline; a stratum without both classes is left out. */
    Map<TestStratum, PairedDifference> paired(String arm) {
        List<Trial> ours = Objects.requireNonNull(byArm().get(arm));
        List<Trial> theirs = Objects.requireNonNull(byArm().get(baseline()));
        Map<TestStratum, PairedDifference> found = new LinkedHashMap<>();
        for (TestStratum stratum : TestStratum.values()) {
            PairedDifference difference = Seeds.compare(
                    ours.stream().map(trial -> trial.area(stratum)).toList(),
                    theirs.stream().map(trial -> trial.area(stratum)).toList());
            if (!Double.isNaN(difference.difference())) {
                found.put(stratum, difference);
            }
        }
        return found;
    }

    /** The form of {@code evaluate --out}. */
    byte[] json() {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("protocol", "leave-one-out");
        ObjectNode data = root.putObject("data");
        data.put("name", dataName);
        data.put("users", split.users().size());
        data.put("tested_users", split.tested().length);
        data.put("items", split.items().size());
        data.put("training_rows", split.trainingRows());
        data.put("cold_training_rows", split.trainingRows(LeaveOneOutTable.COLD_HISTORY));
        ArrayNode arms = root.putArray("arms");
        trials.forEach(trial -> arms.add(json(trial)));
        ArrayNode differences = root.putArray("paired");
        byArm().keySet().stream().filter(arm -> !arm.equals(baseline())).forEach(arm -> paired(arm)
                .forEach((stratum, difference) -> {
                    ObjectNode node = differences.addObject();
                    node.put("arm", arm);
                    node.put("baseline", baseline());
                    node.put("stratum", stratum.key());
                    put(node, "difference", difference.difference());
                    put(node, "low", difference.low());
                    put(node, "high", difference.high());
                }));
        return Json.write(root);
    }

    private static ObjectNode json(Trial trial) {
        ObjectNode node = Json.mapper().createObjectNode();
        node.put("arm", trial.arm());
        node.put("seed", trial.seed());
        put(node, "seconds", trial.seconds());
        trial.training().ifPresent(training -> {
            ArrayNode validation = node.putArray("validation_auc");
            training.validation().forEach(validation::add);
            node.put("best_epoch", training.best());
            node.put("skipped_steps", training.skipped());
            node.set("learnt_trust", Json.mapper().valueToTree(training.gate()));
        });
        ObjectNode strata = node.putObject("strata");
        trial.areas().forEach((stratum, area) -> {
            ObjectNode one = strata.putObject(stratum.key());
            put(one, "auc", area.value());
            one.put("positives", area.positives());
            one.put("negatives", area.negatives());
        });
        ObjectNode ranking = node.putObject("full_ranking");
        ranking.put("users", trial.ranking().users());
        put(ranking, "auc", trial.ranking().auc());
        put(ranking, "hit_rate_10", trial.ranking().hits());
        put(ranking, "ndcg_10", trial.ranking().gain());
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
