package coldstream.domain;

import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;

/** Fails early, with a sentence that names the rule and then the offending value. */
public final class Check {

    private Check() {}

    /** Throws {@link IllegalArgumentException} unless {@code holds}. */
    @FormatMethod
    public static void check(boolean holds, @FormatString String message, Object... values) {
        if (!holds) {
            throw new IllegalArgumentException(message.formatted(values));
        }
    }
}
