package coldstream.app.evaluate.prequential;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.trainer.learning.LearnerConfig;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One arm with one seed, as a worker is asked for it.
 *
 * @param folder of the {@link PreparedStream}
 * @param events in it
 * @param settings of the arm
 * @param warmUp events that are learnt and not counted
 * @param labels {@code implicit} or {@code explicit}
 * @param spans of time to report areas of
 * @param within share of the events whose item is compared with many others
 */
record ArmJob(
        String folder,
        int events,
        Map<String, String> settings,
        long seed,
        long warmUp,
        String labels,
        int spans,
        double within) {

    static final String KIND = "prequential";

    ArmJob {
        settings = new LinkedHashMap<>(settings);
    }

    PreparedStream stream() {
        return new PreparedStream(Path.of(folder), events, 0);
    }

    /** The same job with the stream elsewhere. */
    ArmJob in(String other) {
        return new ArmJob(other, events, settings, seed, warmUp, labels, spans, within);
    }

    Arm arm() {
        return new Arm(settings);
    }

    LearnerConfig config() {
        return arm().config(seed, warmUp, labels);
    }
}
