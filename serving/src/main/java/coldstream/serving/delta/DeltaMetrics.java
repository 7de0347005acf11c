package coldstream.serving.delta;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.concurrent.TimeUnit;

/**
 * What serving counts of deltas. Epochs read = taken + past + held + gap + foreign + unfit + torn; alert on gap, foreign, unfit
 * and torn, and on damaged records: each stops the line until the next champion.
 */
public final class DeltaMetrics {

    private final Counter taken;
    private final Counter past;
    private final Counter held;
    private final Counter gap;
    private final Counter foreign;
    private final Counter unfit;
    private final Counter torn;
    private final Counter damaged;
    private final Counter records;
    private final Timer prepare;

    public DeltaMetrics(MeterRegistry meters) {
        taken = epochs(meters, "taken");
        past = epochs(meters, "past");
        held = epochs(meters, "held");
        gap = epochs(meters, "gap");
        foreign = epochs(meters, "foreign");
        unfit = epochs(meters, "unfit");
        torn = epochs(meters, "torn");
        damaged = Counter.builder("coldstream.serving.delta.damaged")
                .description("Records of deltas that are not what was written")
                .register(meters);
        records = Counter.builder("coldstream.serving.delta.records")
                .description("Rows and other parts taken into the model")
                .register(meters);
        prepare = Timer.builder("coldstream.serving.delta.prepare")
                .description("Making of a model what answers")
                .register(meters);
    }

    private static Counter epochs(MeterRegistry meters, String outcome) {
        return Counter.builder("coldstream.serving.delta.epochs")
                .description("Epochs of deltas by what came of them")
                .tag("outcome", outcome)
                .register(meters);
    }

    /** Something that answers was made, in so many nanoseconds. */
    public void prepared(long nanos) {
        prepare.record(nanos, TimeUnit.NANOSECONDS);
    }

    void taken(int count) {
        taken.increment();
        records.increment(count);
    }

    /** The snapshot, or what was taken, contains it. */
    void past() {
        past.increment();
    }

    /** The champion is to be served without it. */
    void held() {
        held.increment();
    }

    /** What changed before it is missing. */
    void gap() {
        gap.increment();
    }

    /** It continues another line than the champion's. */
    void foreign() {
        foreign.increment();
    }

    /** The model could not take it in. */
    void unfit() {
        unfit.increment();
    }

    /** Its marker, or some of its records, did not come. */
    void torn() {
        torn.increment();
    }

    void damaged() {
        damaged.increment();
    }
}
