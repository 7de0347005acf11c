package coldstream.ingest.topology;

/**
 * A place in a user's stream: by the producer's clock, then by the order of arrival.
 *
 * @param time event time, milliseconds since 1970
 * @param offset of the event in its source partition
 */
record Moment(long time, long offset) implements Comparable<Moment> {

    boolean isBefore(Moment other) {
        return compareTo(other) < 0;
    }

    @Override
    public int compareTo(Moment other) {
        int byTime = Long.compare(time, other.time);
        return byTime != 0 ? byTime : Long.compare(offset, other.offset);
    }
}
