package coldstream.app.evaluate.protocol;

import static coldstream.domain.Check.check;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that only the drift protocol reads. */
public final class DriftOptions {

    @Option(
            names = "--detector",
            split = ",",
            paramLabel = "NAME",
            description = "Detectors to report, such as watch, the product's as a whole; default all.")
    private List<String> detectors = List.of();

    @Option(
            names = "--action",
            split = ",",
            paramLabel = "NAME",
            description =
                    "What is tried against doing nothing: rules (what drift.rules say), raise-rates, reset-gate,"
                            + " fresh-scores, all or none of them (nothing); default each of them in a simulated shop, nothing elsewhere.")
    private List<String> actions = List.of();

    @Option(
            names = "--horizon",
            defaultValue = "14",
            paramLabel = "DAYS",
            description = "Days of the stream after a change in which an alarm notices it, default 14.")
    private double horizon = 14;

    @Option(
            names = "--monitor",
            paramLabel = "KEY=VALUE",
            description = "A setting of the watch or of what is done about alarms, such as"
                    + " trainer.watch.window=500 or drift.raise-factor=3; may be repeated.")
    private Map<String, String> monitor = new LinkedHashMap<>();

    void checkBounds() {
        check(horizon > 0 && horizon <= 10_000, "horizon must be above 0 and at most 10000 days, got %s", horizon);
    }

    /** Detectors to report; empty for all. */
    public List<String> detectors() {
        return List.copyOf(detectors);
    }

    /** Actions to try; empty where that was not said. */
    public List<String> actions() {
        return List.copyOf(actions);
    }

    /** Days in which an alarm notices a change. */
    public double horizon() {
        return horizon;
    }

    /** Settings of the watch and of actions, by key. */
    public Map<String, String> monitor() {
        return new LinkedHashMap<>(monitor);
    }
}
