package coldstream.app.drift;

import coldstream.app.chart.StepChart;
import coldstream.app.chart.TimeChart.Line;
import coldstream.app.chart.TimeChart.Point;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What a report tells.
 *
 * @param data it is about
 * @param learner that learnt
 * @param events learnt
 * @param from time of the first event
 * @param to time of the last
 * @param counted when what is raised begins to count
 * @param known changes that the data set made, by what they are; empty where nobody knows
 * @param areas AUC over time, a line a stratum
 * @param signals every signal that was watched
 * @param alarms in order
 * @param distributions of now against the reference
 */
public record DriftStory(
        String data,
        String learner,
        long events,
        Instant from,
        Instant to,
        Instant counted,
        Map<String, Instant> known,
        List<Line> areas,
        List<Watched> signals,
        List<Told> alarms,
        List<StepChart> distributions) {

    /**
     * A signal by one detector.
     *
     * @param statistic over time
     * @param threshold over time; a statistic above is an alarm, if many tests at once allow it
     */
    public record Watched(
            String layer,
            String signal,
            String stratum,
            String detector,
            List<Point> statistic,
            List<Point> threshold) {

        String name() {
            return "%s, %s, by %s".formatted(signal, stratum, detector);
        }
    }

    /** An alarm, as people are told of it. */
    public record Told(
            Instant time,
            long event,
            String layer,
            String signal,
            String stratum,
            String detector,
            double statistic,
            double threshold,
            String message) {}
}
