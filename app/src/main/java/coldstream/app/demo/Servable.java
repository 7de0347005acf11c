package coldstream.app.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * How long events took from their arrival until what learnt from them answered: arrivals as the topics have them, answers as
 * serving tells of each.
 */
final class Servable {

    private final TopicCounts counts;
    private final List<Answering> answering = new ArrayList<>();
    private double[] seconds = new double[1024];
    private int count;

    Servable(TopicCounts counts) {
        this.counts = counts;
    }

    /** What has answered since when, by the next offset it had not read of each partition. */
    private record Answering(Map<String, Long> offsets, long millis) {}

    /** Notes that something else answers from now on. */
    synchronized void answers(Map<String, Long> offsets, Instant at) {
        answering.add(new Answering(offsets, at.toEpochMilli()));
    }

    /** Half, and 99 of 100, of the events took at most so long, in seconds. To be asked once, when all has answered. */
    synchronized Report.Percentiles percentiles() {
        for (Answering one : answering) {
            counts.arrivals()
                    .forEach((partition, arrivals) -> arrivals.takeUpTo(
                            one.offsets.getOrDefault(partition, 0L),
                            arrival -> add(Math.max(0, one.millis - arrival) / 1000.0)));
        }
        answering.clear();
        if (count == 0) {
            return new Report.Percentiles(null, null);
        }
        double[] sorted = Arrays.copyOf(seconds, count);
        Arrays.sort(sorted);
        return new Report.Percentiles(sorted[(int) (0.5 * (count - 1))], sorted[(int) (0.99 * (count - 1))]);
    }

    private void add(double latency) {
        if (count == seconds.length) {
            seconds = Arrays.copyOf(seconds, 2 * count);
        }
        seconds[count++] = latency;
    }
}
