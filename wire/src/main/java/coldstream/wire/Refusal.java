package coldstream.wire;

import java.util.Locale;

/**
 * Why something a producer sent cannot be processed. Sending it again would fail again.
 *
 * @param reason from a closed set, for counting
 * @param message the rule, then the offending value, for people
 */
public record Refusal(Reason reason, String message) {

    /** The kinds of refusal. */
    public enum Reason {
        /** Not JSON, or not a JSON object. */
        UNPARSABLE,
        /** A CloudEvent that breaks the CloudEvents rules. */
        BAD_ENVELOPE,
        MISSING_FIELD,
        WRONG_TYPE,
        /** The right JSON type, but outside what the field may hold. */
        BAD_VALUE,
        /** No label rule names this event type. */
        UNKNOWN_TYPE,
        TOO_LARGE,
        TOO_OLD,
        IN_THE_FUTURE,
        /** Nobody has announced the item in time. */
        UNKNOWN_ITEM,
        /** It was tried as often as it may be; what stood in the way was not the record's own fault. */
        GIVEN_UP;

        /** The form used in metrics and answers, such as {@code missing_field}. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
