package coldstream.registry.promotion;

import java.util.Map;

/**
 * What evidence says of an arm.
 *
 * @param why in words, with the numbers that decided
 * @param details every number that was looked at, by name
 */
record Verdict(Kind kind, String why, Map<String, String> details) {

    /** What evidence can say. */
    enum Kind {
        /** Worse than allowed, beyond the interval, in some stratum. */
        WORSE,
        /** Worse nowhere, and shown to be good enough where that has to be shown. */
        GOOD,
        /** Too few events, positives or users where something has to be shown. */
        LITTLE,
        /** The interval holds both worse and good. */
        CLOSE
    }

    Verdict {
        details = Map.copyOf(details);
    }
}
