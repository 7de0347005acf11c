package coldstream.trainer.watch;

import coldstream.monitor.Channel;
import coldstream.monitor.Harm;
import coldstream.monitor.Signal;
import coldstream.monitor.Signal.Layer;
import coldstream.monitor.Watch;
import coldstream.monitor.WatchedSignal;
import java.util.List;

/** How old events are when they are learnt from, and how many wait. */
final class FreshnessSignals {

    /** Seconds from the ingest of a step's oldest sample until it was learnt from. */
    static final Signal TO_TRAINED = new Signal(Layer.FRESHNESS, "event_to_trained");

    /** Records not handed to the trainer yet. */
    static final Signal LAG = new Signal(Layer.FRESHNESS, "lag");

    /** By common use a large change of the stability index. */
    private static final double LARGE = 0.25;

    private static final double LATE_SECONDS = 10;
    private static final double MANY_RECORDS = 10_000;

    static final List<WatchedSignal> PLANS = List.of(
            WatchedSignal.distribution(TO_TRAINED)
                    .harm(Harm.RISE)
                    .material(LARGE)
                    .beyond(LATE_SECONDS),
            WatchedSignal.distribution(LAG).harm(Harm.RISE).material(LARGE).beyond(MANY_RECORDS));

    private final Channel toTrained;
    private final Channel lag;

    FreshnessSignals(Watch watch) {
        toTrained = watch.channel(TO_TRAINED);
        lag = watch.channel(LAG);
    }

    void add(double seconds, long records) {
        toTrained.add(seconds);
        lag.add((double) records);
    }
}
