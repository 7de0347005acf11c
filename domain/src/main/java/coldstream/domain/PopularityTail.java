package coldstream.domain;

/**
 * Which items are in the tail, as of one moment. An item nobody has taken is new and not in the tail.
 *
 * @param greatest count of an item in the tail that is a stratum and a signal of the gate
 * @param greatestAsked count of an item that a language model is asked about
 */
public record PopularityTail(long greatest, long greatestAsked) {

    /** Before any item was taken: nothing is in the tail. */
    public static final PopularityTail NONE = new PopularityTail(0, 0);

    /**
     * The tail of a catalogue.
     *
     * @param tailShare share of the active items, least popular first, that is the tail
     * @param requestShare the same for what a language model is asked about
     */
    public static PopularityTail of(PopularityHistogram popularity, double tailShare, double requestShare) {
        return new PopularityTail(popularity.tailThreshold(tailShare), popularity.tailThreshold(requestShare));
    }

    /** Whether an item taken so often is in the tail. */
    public boolean holds(long count) {
        return count >= 1 && count <= greatest;
    }

    /** Whether a language model is asked about an item taken so often; new items are included. */
    public boolean needsScores(long count) {
        return count <= greatestAsked;
    }
}
