package coldstream.monitor.action;

import coldstream.domain.DriftAlert;
import coldstream.wire.Directive;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Has the learner learn faster for so many samples. */
public final class RaiseRates implements ActionExecutor {

    private final Predicate<Directive> door;
    private final LongSupplier samples;
    private final double factor;
    private final long count;

    /**
     * @param door takes a directive; false if it cannot now
     * @param samples trained so far
     * @param count samples after which it ends
     */
    public RaiseRates(Predicate<Directive> door, LongSupplier samples, double factor, long count) {
        this.door = door;
        this.samples = samples;
        this.factor = factor;
        this.count = count;
    }

    @Override
    public Done start(DriftAlert cause) throws ActionException {
        long until = samples.getAsLong() + count;
        hand(
                door,
                Directive.raiseRates(cause.alertId() + "/" + ActionKind.RAISE_RATES, factor, count, cause.message()));
        return new Done("rates times %s until about sample %d".formatted(factor, until), true, Optional.empty());
    }

    /** Behind the sample its record names; a little later than the raise itself, which begins with the next step. */
    @Override
    public boolean over(DriftAlert.Action started, Instant now) {
        String detail = started.detail();
        String until = detail.substring(detail.lastIndexOf(' ') + 1);
        return !until.matches("\\d{1,18}") || samples.getAsLong() >= Long.parseLong(until);
    }

    static void hand(Predicate<Directive> door, Directive directive) throws ActionException {
        if (!door.test(directive)) {
            throw new ActionException("the learner takes no directive now", true, null);
        }
    }
}
