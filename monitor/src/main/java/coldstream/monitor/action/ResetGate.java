package coldstream.monitor.action;

import coldstream.domain.DriftAlert;
import coldstream.wire.Directive;
import java.util.function.Predicate;

/** Has the gate forget what it learnt of the language model. */
public final class ResetGate implements ActionExecutor {

    private final Predicate<Directive> door;

    /** @param door takes a directive; false if it cannot now */
    public ResetGate(Predicate<Directive> door) {
        this.door = door;
    }

    @Override
    public Done start(DriftAlert cause) throws ActionException {
        RaiseRates.hand(door, Directive.resetGate(cause.alertId() + "/" + ActionKind.RESET_GATE, cause.message()));
        return Done.complete("the gate begins anew with the next step");
    }
}
