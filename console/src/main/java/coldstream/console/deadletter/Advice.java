package coldstream.console.deadletter;

import java.util.Map;

/**
 * What a reason means, and whether sending the record again can help.
 *
 * @param helps whether it may be accepted as it is
 */
public record Advice(String meaning, boolean helps) {

    private static final Advice UNKNOWN = new Advice(
            "whoever read it failed at it; the log of that process says more, and sending it again helps once that is mended",
            true);

    private static final Map<String, Advice> KNOWN = Map.ofEntries(
            Map.entry("UNPARSABLE", never("it is no JSON object: its producer has to send it right")),
            Map.entry("BAD_ENVELOPE", never("it breaks the rules of CloudEvents: its producer has to send it right")),
            Map.entry("MISSING_FIELD", never("a field it must have is not there: its producer has to send it right")),
            Map.entry(
                    "WRONG_TYPE",
                    never("a field has another JSON type than it must have: its producer has to send it right")),
            Map.entry("BAD_VALUE", never("a field is outside what it may hold: its producer has to send it right")),
            Map.entry(
                    "UNKNOWN_TYPE",
                    new Advice(
                            "no label rule names its event type; once ingest.labels does, it will be accepted", true)),
            Map.entry("TOO_LARGE", never("it is larger than a record may be")),
            Map.entry("TOO_OLD", never("it came later than ingest waits for events, and its place in order is gone")),
            Map.entry(
                    "IN_THE_FUTURE",
                    new Advice("its time lies ahead of the clock; once that has passed, it will be accepted", true)),
            Map.entry(
                    "UNKNOWN_ITEM",
                    new Advice("nobody announced its item in time; once items.v1 has it, it will be accepted", true)),
            Map.entry(
                    "GIVEN_UP",
                    new Advice(
                            "it was tried as often as it may be, through no fault of its own: send it again", true)));

    private static Advice never(String meaning) {
        return new Advice(meaning, false);
    }

    /** Of a reason as letters name it. */
    public static Advice of(String reason) {
        return KNOWN.getOrDefault(reason, UNKNOWN);
    }
}
