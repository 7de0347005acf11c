package coldstream.wire;

import coldstream.wire.Refusal.Reason;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/** Ends the reading of one event; never leaves this package. Carries no stack trace, since bad input may come in floods. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Reason reason;

    @FormatMethod
    RefusedException(Reason reason, @FormatString String message, Object... values) {
        super(message.formatted(values), null, false, false);
        this.reason = reason;
    }

    Refusal refusal() {
        return new Refusal(reason, String.valueOf(getMessage()));
    }
}
