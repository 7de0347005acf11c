package coldstream.console.observe;

import coldstream.console.observe.SignalsView.Operation;
import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import coldstream.monitor.Alarm;
import coldstream.monitor.Detector;
import coldstream.monitor.Harm;
import coldstream.monitor.Moment;
import coldstream.monitor.Reading;
import coldstream.monitor.Severity;
import coldstream.monitor.Signal;
import coldstream.monitor.Signal.Layer;
import coldstream.monitor.Watch;
import coldstream.monitor.WatchSettings;
import coldstream.monitor.WatchedSignal;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Watches what no single service sees: how many events come, how many die, how far learning and serving lag behind, what the
 * language model costs and how often it fails, and the weights that learn against the champion. Compared with its own past,
 * within a budget of false alarms a day. Not thread-safe.
 */
public final class OperationsWatch {

    /** Who watches, in alerts and in the list of signals. */
    public static final String SOURCE = "console";

    /** Over what has been usual for an hour; 1 is as usual. */
    private static final Signal EVENT_RATE = new Signal(Layer.INPUT, "event_rate_ratio");

    private static final Signal DEAD_SHARE = new Signal(Layer.INPUT, "dead_letter_share");
    private static final Signal LAG = new Signal(Layer.FRESHNESS, "trainer_lag");
    private static final Signal SERVABLE = new Signal(Layer.FRESHNESS, "event_to_servable");
    private static final Signal FAILURES = new Signal(Layer.GUIDANCE, "language_model_failures");

    /** Over what has been usual for an hour; 1 is as usual. */
    private static final Signal COST = new Signal(Layer.GUIDANCE, "language_model_cost_ratio");

    private static final Signal CHAMPION = new Signal(Layer.OUTCOME, "live_against_champion");

    /** Looks are so far apart that rates and means of the last minute share nothing. */
    private static final Duration APART = Duration.ofMinutes(1);

    private final Watch watch;
    private final Usual usualEvents = new Usual();
    private final Usual usualCost = new Usual();
    private Instant looked = Instant.EPOCH;

    /** @param limits what a change must come to at least, of what has a limit */
    public OperationsWatch(WatchSettings settings, Limits limits) {
        watch = new Watch(
                settings,
                List.of(
                        WatchedSignal.estimate(EVENT_RATE, Harm.EITHER, 0.5),
                        WatchedSignal.estimate(DEAD_SHARE, Harm.RISE, 0.01),
                        WatchedSignal.estimate(LAG, Harm.RISE, (double) limits.lag())
                                .severity(Severity.CRITICAL),
                        WatchedSignal.estimate(SERVABLE, Harm.RISE, Limits.seconds(limits.servable()))
                                .severity(Severity.CRITICAL),
                        WatchedSignal.estimate(FAILURES, Harm.RISE, 0.2),
                        WatchedSignal.estimate(COST, Harm.RISE, 0.5),
                        WatchedSignal.estimate(CHAMPION, Harm.FALL, 0.005)
                                .expected(0)
                                .severity(Severity.CRITICAL)));
    }

    /**
     * Takes in what a round brought.
     *
     * @param readings of operations, those that are known now
     * @param evidence of the comparisons that are being made
     * @return alarms that opened or closed
     */
    List<Alarm> take(List<Operation> readings, List<Evidence> evidence, Instant now) {
        Map<String, Double> known = new HashMap<>();
        readings.forEach(one -> one.points().forEach(point -> known.put(one.name(), point.value())));
        if (now.isBefore(looked.plus(APART))) {
            return List.of();
        }
        looked = now;
        ratio(EVENT_RATE, known.get(Operations.EVENTS), usualEvents);
        ratio(COST, known.get(Operations.COST), usualCost);
        estimate(LAG, known, Operations.LAG);
        estimate(SERVABLE, known, Operations.SERVABLE);
        estimate(FAILURES, known, Operations.MODEL_FAILURES);
        Double events = known.get(Operations.EVENTS);
        Double dead = known.get(Operations.DEAD_LETTERS);
        if (events != null && dead != null && events + dead > 0) {
            watch.gauge(DEAD_SHARE).set(dead / (events + dead));
        }
        evidence.stream()
                .filter(one -> one.arm().equals(Evidence.LIVE))
                .map(one -> one.strata().get("overall"))
                .filter(one -> one != null)
                .forEach(this::champion);
        return watch.look(new Moment(now.getEpochSecond(), now));
    }

    private void ratio(Signal signal, @Nullable Double value, Usual usual) {
        if (value != null) {
            usual.add(value);
            if (usual.mean > 0) {
                watch.gauge(signal).set(value / usual.mean);
            }
        }
    }

    /** A mean in which an hour ago counts for a third of now. */
    private static final class Usual {

        private static final int LOOKS = 60;

        private double mean;
        private int seen;

        void add(double value) {
            seen = Math.min(LOOKS, seen + 1);
            mean += (value - mean) / seen;
        }
    }

    private void champion(PairedMetrics paired) {
        watch.gauge(CHAMPION).set(paired.difference(), paired.error());
    }

    private void estimate(Signal signal, Map<String, Double> known, String operation) {
        Optional.ofNullable(known.get(operation))
                .ifPresent(value -> watch.gauge(signal).set(value));
    }

    /** Every signal as every detector sees it. */
    List<SignalsView.Signal> signals() {
        return watch.readings().stream().map(OperationsWatch::view).toList();
    }

    /** Alarms that are open. */
    public List<Alarm> open() {
        return watch.open();
    }

    private static SignalsView.Signal view(Reading reading) {
        Signal signal = reading.signal();
        Detector detector = reading.detector();
        return new SignalsView.Signal(
                signal.key() + "/" + detector.key(),
                SOURCE,
                signal.layer().key(),
                signal.name(),
                signal.stratum(),
                detector.key(),
                Numbers.finite(reading.statistic()),
                Numbers.finite(reading.threshold()),
                Numbers.finite(reading.value()),
                Numbers.finite(reading.reference()),
                reading.samples(),
                reading.alarmed(),
                reading.since().map(Instant::toString).orElse(null));
    }
}
