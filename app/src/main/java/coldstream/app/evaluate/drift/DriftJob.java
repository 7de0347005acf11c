package coldstream.app.evaluate.drift;

import coldstream.app.dataset.DataSet;
import coldstream.app.dataset.DataSets;
import coldstream.app.dataset.Drift;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.domain.LabelRules;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One stream, learnt once for each remedy, as a worker is asked for it.
 *
 * @param data as {@link DataSets} reads it
 * @param drifts of a simulated shop
 * @param settings of the arm that learns
 * @param labels {@code implicit} or {@code explicit}
 * @param seed of the learner
 * @param limit most events
 * @param remedies by name; the first is nothing
 * @param watch settings of the watch by key
 * @param spans of time to report areas of
 */
record DriftJob(
        String data,
        List<String> drifts,
        Map<String, String> settings,
        String labels,
        long seed,
        long limit,
        List<String> remedies,
        Map<String, String> watch,
        int spans) {

    static final String KIND = "drift";

    DriftJob {
        settings = new LinkedHashMap<>(settings);
        watch = new LinkedHashMap<>(watch);
    }

    DataSet dataSet() {
        return DataSets.open(Path.of(data), drifts.stream().map(Drift::parse).toList(), System.getenv());
    }

    Arm arm() {
        return new Arm(settings);
    }

    LabelRules labelRules() {
        return labels.equals("implicit") ? LabelRules.IMPLICIT : LabelRules.EXPLICIT;
    }
}
