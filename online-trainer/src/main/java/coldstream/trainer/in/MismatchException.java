package coldstream.trainer.in;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import org.jspecify.annotations.Nullable;

/** Snapshot, journal and inputs do not belong together, so going on would not be exact; the message says what is wrong. */
public final class MismatchException extends IllegalStateException {

    private static final long serialVersionUID = 1;

    MismatchException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    @FormatMethod
    static void require(boolean holds, @FormatString String message, Object... values) {
        if (!holds) {
            throw new MismatchException(message.formatted(values), null);
        }
    }
}
