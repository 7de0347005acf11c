package coldstream.trainer.watch;

import coldstream.domain.DriftAlert;
import coldstream.monitor.Reading;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the watch sees; also the answer of {@code GET /v1/drift}.
 *
 * @param enabled whether anything is watched
 * @param signals one row for each signal and detector
 * @param alarms that are open
 */
public record DriftReport(
        String model, boolean enabled, Compared reference, List<Row> signals, List<DriftAlert> alarms) {

    /** What signals are compared with. */
    public enum Source {
        /** What the champion learnt from. */
        CHAMPION,
        /** Their own past: there is no champion. */
        OWN_PAST,
        /** Their own past: the champion does not say what it learnt from. */
        CHAMPION_SAYS_NOTHING
    }

    /**
     * What signals are compared with.
     *
     * @param version the champion; empty before the first
     * @param samples most values behind one signal of it; 0 where it says nothing
     */
    public record Compared(Source source, Optional<String> version, long samples) {}

    /**
     * A detector's last word on a signal.
     *
     * @param statistic empty before the first test
     * @param threshold above which it alarms; empty before the first test, or where nothing could be large enough yet
     * @param chance about that of such a statistic where nothing changed
     * @param value mean of the window, or the estimate; empty before the first test
     * @param reference mean of what it is compared with; empty without any
     * @param samples values of the window
     * @param since when its alarm opened
     */
    public record Row(
            String layer,
            String signal,
            String stratum,
            String detector,
            Optional<Double> statistic,
            Optional<Double> threshold,
            double chance,
            Optional<Double> value,
            Optional<Double> reference,
            long samples,
            boolean alarmed,
            Optional<Instant> since) {

        static Row of(Reading reading) {
            return new Row(
                    reading.signal().layer().key(),
                    reading.signal().name(),
                    reading.signal().stratum(),
                    reading.detector().key(),
                    finite(reading.statistic()),
                    finite(reading.threshold()),
                    reading.chance(),
                    finite(reading.value()),
                    finite(reading.reference()),
                    reading.samples(),
                    reading.alarmed(),
                    reading.since());
        }

        private static Optional<Double> finite(double value) {
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        }
    }

    public DriftReport {
        signals = List.copyOf(signals);
        alarms = List.copyOf(alarms);
    }

    /** Of a trainer that watches nothing. */
    public static DriftReport off(String model) {
        return new DriftReport(model, false, new Compared(Source.OWN_PAST, Optional.empty(), 0), List.of(), List.of());
    }
}
