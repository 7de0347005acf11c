package coldstream.app.evaluate.drift;

import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import java.util.LinkedHashMap;
import java.util.Map;

/** What single detectors are given of an event: one number a signal. */
final class EventSignals {

    /** The one signal that is 0 or 1. */
    static final String ERROR = "error";

    private EventSignals() {}

    /**
     * By signal: {@code logloss} of its rows, nats; {@value #ERROR}, 1 where fewer than half of the negatives are below it; {@code
     * score}, its logit; {@code history}, log₂(1 + earlier positives of the user); {@code popularity}, log₂(1 + those of the
     * item). Signals that compare are absent where there is nothing to compare with.
     */
    static Map<String, Double> of(ScoredEvent event) {
        Map<String, Double> values = new LinkedHashMap<>();
        if (!event.negatives().isEmpty() && event.scored()) {
            double below = 0;
            double loss = softplus(-event.logit());
            for (Negative negative : event.negatives()) {
                below += negative.logit() < event.logit() ? 1 : negative.logit() == event.logit() ? 0.5 : 0;
                loss += softplus(negative.logit());
            }
            values.put("logloss", loss / (1 + event.negatives().size()));
            values.put(ERROR, below / event.negatives().size() < 0.5 ? 1.0 : 0.0);
        }
        values.put("score", event.logit());
        values.put("history", log2(1.0 + (double) event.sample().userCount()));
        values.put("popularity", log2(1.0 + (double) event.sample().itemCount()));
        return values;
    }

    private static double log2(double value) {
        return StrictMath.log(value) / StrictMath.log(2);
    }

    private static double softplus(double x) {
        return x > 0 ? x + StrictMath.log1p(StrictMath.exp(-x)) : StrictMath.log1p(StrictMath.exp(x));
    }
}
