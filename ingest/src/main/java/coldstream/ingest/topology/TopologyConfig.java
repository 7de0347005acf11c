package coldstream.ingest.topology;

import static coldstream.domain.Check.check;

import coldstream.domain.Staleness;
import coldstream.wire.EventRules;
import coldstream.wire.Topics;
import java.time.Duration;

/**
 * How the topology behaves.
 *
 * @param interactionPartitions partitions of the topic of interactions; says where a user's records belong
 * @param clickWindow how long after an impression an answer still counts
 * @param lateness how late an event may come and still be placed exactly
 * @param dedupeWindow how long an event's id is remembered at least, by time of arrival
 * @param unknownItems what becomes of an interaction whose item nobody announced
 * @param unknownItemGrace how long such an interaction waits for its item
 * @param coldHistory longest history, in positives, of a user the language model is asked about
 * @param tailShare share of the items that make the tail as a stratum, in (0, 1)
 * @param requestShare share of the items whose interactions ask the language model, in (0, 1)
 * @param auditRate share of the other positives that ask the language model as a probe, in [0, 1]
 * @param staleness when to ask again about a user who is no longer cold
 * @param debounce least time between two score requests of a user, by event time
 */
public record TopologyConfig(
        Topics topics,
        EventRules rules,
        int interactionPartitions,
        Duration clickWindow,
        Duration lateness,
        Duration dedupeWindow,
        UnknownItems unknownItems,
        Duration unknownItemGrace,
        int coldHistory,
        double tailShare,
        double requestShare,
        double auditRate,
        Staleness staleness,
        Duration debounce) {

    /** What becomes of an interaction whose item nobody announced. */
    public enum UnknownItems {
        /** It counts like any other. */
        ACCEPT,
        /** It waits for its item a while, then goes to the dead letters. */
        DEAD_LETTER
    }

    public TopologyConfig {
        check(
                interactionPartitions >= 1,
                "the topic of interactions must have a partition, got %d",
                interactionPartitions);
        checkPositive("ingest.click-window", clickWindow);
        checkPositive("ingest.lateness", lateness);
        checkPositive("ingest.debounce", debounce);
        check(
                dedupeWindow.compareTo(Duration.ofMinutes(1)) >= 0,
                "ingest.dedupe-window must be at least 1m, got %s",
                dedupeWindow);
        check(
                !unknownItemGrace.isNegative(),
                "ingest.unknown-item-grace must not be negative, got %s",
                unknownItemGrace);
        check(coldHistory >= 0, "ingest.cold-history must not be negative, got %d", coldHistory);
        check(tailShare > 0 && tailShare < 1, "ingest.tail-share must be in (0, 1), got %s", tailShare);
        check(requestShare > 0 && requestShare < 1, "ingest.request-share must be in (0, 1), got %s", requestShare);
        check(auditRate >= 0 && auditRate <= 1, "ingest.audit-rate must be in [0, 1], got %s", auditRate);
    }

    private static void checkPositive(String setting, Duration value) {
        check(value.toMillis() > 0, "%s must be at least 1ms, got %s", setting, value);
    }

    /** The defaults of every setting, for one partition. */
    public static TopologyConfig defaults(Topics topics) {
        return new TopologyConfig(
                topics,
                EventRules.DEFAULT,
                1,
                Duration.ofMinutes(10),
                Duration.ofMinutes(10),
                Duration.ofHours(12),
                UnknownItems.DEAD_LETTER,
                Duration.ofSeconds(10),
                3,
                0.2,
                0.1,
                0.02,
                Staleness.DEFAULT,
                Duration.ofSeconds(10));
    }

    /** The same, for a topic of interactions with this many partitions. */
    public TopologyConfig withInteractionPartitions(int partitions) {
        return new TopologyConfig(
                topics,
                rules,
                partitions,
                clickWindow,
                lateness,
                dedupeWindow,
                unknownItems,
                unknownItemGrace,
                coldHistory,
                tailShare,
                requestShare,
                auditRate,
                staleness,
                debounce);
    }
}
