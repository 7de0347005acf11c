package coldstream.monitor;

import java.util.Locale;

/** How soon somebody should look. */
public enum Severity {
    /** Something is not as it was. */
    WARNING,
    /** Users get worse answers, or soon will. */
    CRITICAL;

    /** The name in reports, such as {@code warning}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
