package coldstream.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;

/**
 * How long events took from their arrival until a version that learnt from them answered, seen from outside, so up to one
 * look longer than true.
 */
final class Servable {

    private final TopicCounts counts;
    private final Clock clock = Clock.systemUTC();
    private double answering = Double.NaN;
    private double[] seconds = new double[1024];
    private int count;

    Servable(TopicCounts counts) {
        this.counts = counts;
    }

    /** Looks which version answers now. */
    synchronized void notice(double version, Optional<TrainerView> trainer) {
        if (Double.isNaN(version) || version == answering || trainer.isEmpty()) {
            return;
        }
        for (JsonNode snapshot : trainer.get().snapshots()) {
            if (snapshot.path("version").asDouble(Double.NaN) == version) {
                answering = version;
                answers(snapshot.path("offsets"));
            }
        }
    }

    /** Half, and 99 of 100, of the events took at most so long, in seconds. */
    synchronized Report.Percentiles percentiles() {
        if (count == 0) {
            return new Report.Percentiles(null, null);
        }
        double[] sorted = Arrays.copyOf(seconds, count);
        Arrays.sort(sorted);
        return new Report.Percentiles(sorted[(int) (0.5 * (count - 1))], sorted[(int) (0.99 * (count - 1))]);
    }

    private void answers(JsonNode offsets) {
        long now = clock.millis();
        counts.arrivals()
                .forEach((partition, arrivals) -> arrivals.takeUpTo(
                        offsets.path(partition).asLong(), arrival -> add(Math.max(0, now - arrival) / 1000.0)));
    }

    private void add(double latency) {
        if (count == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * count);
        }
        seconds[count++] = latency;
    }
}
