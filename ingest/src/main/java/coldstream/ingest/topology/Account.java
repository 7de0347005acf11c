package coldstream.ingest.topology;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where every record went, exactly: read = accepted + rejected + duplicates + re-keyed + waiting once the topology has
 * caught up. A re-keyed record is read a second time under its right key.
 *
 * @param read records read from the topic of interactions
 * @param accepted interactions that count
 * @param rejected interactions in the dead letters
 * @param duplicates interactions seen before
 * @param rekeyed records sent back under the key, or to the partition, they should have had
 * @param waiting interactions of items nobody has announced yet, and which may still be
 * @param samples labelled samples sent
 * @param scoreRequests score requests sent
 * @param entries every count by name, the ones above included
 */
public record Account(
        long read,
        long accepted,
        long rejected,
        long duplicates,
        long rekeyed,
        long waiting,
        long samples,
        long scoreRequests,
        Map<String, Long> entries) {

    static final String READ = "read";
    static final String ACCEPTED = "accepted";
    static final String REJECTED = "rejected";
    static final String DUPLICATES = "duplicates";
    static final String REKEYED = "rekeyed";
    static final String PARKED = "parked";
    static final String UNPARKED = "unparked";
    static final String UNKNOWN_ITEM = "accepted.unknown_item";
    static final String SAMPLES = "samples";
    static final String REQUESTS = "score_requests";
    static final String IMPRESSIONS = "impressions";
    static final String IMPRESSIONS_ANSWERED = "impressions.answered";
    static final String IMPRESSIONS_DROPPED = "impressions.dropped";
    static final String ITEMS_READ = "items.read";
    static final String ITEMS_ACCEPTED = "items.accepted";
    static final String ITEMS_RETIRED = "items.retired";
    static final String ITEMS_REJECTED = "items.rejected";

    public Account {
        entries = Map.copyOf(entries);
    }

    /** Sums what the ledgers of all steps and partitions hold. */
    public static Account of(Map<String, Long> entries) {
        Map<String, Long> all = new TreeMap<>(entries);
        return new Account(
                all.getOrDefault(READ, 0L),
                all.getOrDefault(ACCEPTED, 0L),
                all.getOrDefault(REJECTED, 0L),
                all.getOrDefault(DUPLICATES, 0L),
                all.getOrDefault(REKEYED, 0L),
                all.getOrDefault(PARKED, 0L) - all.getOrDefault(UNPARKED, 0L),
                all.getOrDefault(SAMPLES, 0L),
                all.getOrDefault(REQUESTS, 0L),
                all);
    }

    /** Whether every record read has been decided. */
    public boolean settled() {
        return waiting == 0 && read == accepted + rejected + duplicates + rekeyed;
    }
}
