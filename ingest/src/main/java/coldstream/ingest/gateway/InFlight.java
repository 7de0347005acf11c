package coldstream.ingest.gateway;

/**
 * What waits for Kafka, bounded: a request is let in whole or not at all. When nothing waits, any request is, so that none
 * is too large for ever.
 */
final class InFlight {

    private final long maxBytes;
    private final int maxEvents;
    private long bytes;
    private int events;

    InFlight(long maxBytes, int maxEvents) {
        this.maxBytes = maxBytes;
        this.maxEvents = maxEvents;
    }

    synchronized boolean enter(long moreBytes, int moreEvents) {
        boolean room = bytes + moreBytes <= maxBytes && events + moreEvents <= maxEvents;
        if (!room && events > 0) {
            return false;
        }
        bytes += moreBytes;
        events += moreEvents;
        return true;
    }

    synchronized void leave(long lessBytes, int lessEvents) {
        bytes -= lessBytes;
        events -= lessEvents;
    }

    synchronized int events() {
        return events;
    }
}
