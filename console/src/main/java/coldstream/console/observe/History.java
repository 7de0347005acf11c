package coldstream.console.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The series as they go through a restart of the console.
 *
 * @param format {@link #FORMAT}
 * @param since the oldest point is not before this
 * @param until when it was written
 * @param strata quality since the warm-up, by stratum
 * @param cells of the gate, by name
 * @param residual trust of it, by history and item
 * @param signals by key
 * @param operations by name
 */
public record History(
        int format,
        String model,
        Instant since,
        Instant until,
        Map<String, List<Quality.Point>> strata,
        Map<String, List<GateView.Cell>> cells,
        Map<String, List<GateView.Trust>> residual,
        Map<String, List<SignalsView.Point>> signals,
        Map<String, List<SignalsView.Reading>> operations) {

    static final int FORMAT = 1;

    /** Points of a series that are kept: of an older past fewer are needed than of what is looked at now. */
    static final int POINTS = 500;
}
