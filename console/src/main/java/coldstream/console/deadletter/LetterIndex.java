package coldstream.console.deadletter;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which dead letters there are, and why: counts of all that were read, and the places of the newest. What they hold stays in
 * Kafka. Memory is bounded, whatever dies. Thread-safe.
 */
public final class LetterIndex {

    /** What has no room of its own among the reasons. */
    private static final String OTHER = "OTHER";

    private static final int MAX_REASONS = 64;
    private static final int MAX_REPLAYED = 100_000;

    private final int newest;
    private final Map<String, Topic> topics = new TreeMap<>();
    private final Map<String, Instant> replayed = new LinkedHashMap<>();
    private long seen;
    private boolean complete;

    private record Place(LetterId id, String reason, Instant time) {}

    private static final class Topic {
        private final Map<String, Reason> reasons = new TreeMap<>();
        private final Deque<Place> places = new ArrayDeque<>();
        private long count;
        private long again;
    }

    private static final class Reason {
        private long count;
        private long again;
        private Instant newest = Instant.EPOCH;
    }

    /**
     * The dead letters of a topic.
     *
     * @param topic they were read from
     * @param replayed of them
     */
    public record TopicView(
            String topic, String deadLetterTopic, long count, long replayed, List<ReasonView> reasons) {}

    /** Those of one reason. */
    public record ReasonView(String reason, long count, long replayed, Instant newest) {}

    /** @param newest places that are kept of each topic, at least 1 */
    public LetterIndex(int newest) {
        this.newest = newest;
    }

    /** Takes in a record of a dead-letter topic; each is to be given once. */
    synchronized void take(ConsumerRecord<byte[], byte[]> record) {
        seen++;
        Topic topic = topics.computeIfAbsent(record.topic(), key -> new Topic());
        LetterId id = new LetterId(record.topic(), record.partition(), record.offset());
        Instant time = Instant.ofEpochMilli(Math.max(0, record.timestamp()));
        String reason = Letter.reason(record);
        String counted = topic.reasons.containsKey(reason) || topic.reasons.size() < MAX_REASONS ? reason : OTHER;
        Reason entry = topic.reasons.computeIfAbsent(counted, key -> new Reason());
        topic.count++;
        entry.count++;
        entry.newest = time.isAfter(entry.newest) ? time : entry.newest;
        if (replayed.containsKey(id.toString())) {
            topic.again++;
            entry.again++;
        }
        topic.places.addFirst(new Place(id, counted, time));
        if (topic.places.size() > newest) {
            topic.places.removeLast();
        }
    }

    /** Takes in that a letter was sent again. */
    synchronized void replayed(LetterId id, Instant time) {
        if (replayed.putIfAbsent(id.toString(), time) != null) {
            return;
        }
        if (replayed.size() > MAX_REPLAYED) {
            Iterator<String> oldest = replayed.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        Topic topic = topics.get(id.topic());
        if (topic == null) {
            return;
        }
        for (Place place : topic.places) {
            Reason reason = topic.reasons.get(place.reason());
            if (place.id().equals(id) && reason != null) {
                topic.again++;
                reason.again++;
            }
        }
    }

    /** When a letter was sent again, if that is known. */
    public synchronized Optional<Instant> replayed(LetterId id) {
        @Nullable Instant time = replayed.get(id.toString());
        return Optional.ofNullable(time);
    }

    /** From now on what is taken in is new: everything there was has been. */
    public synchronized void caughtUp() {
        complete = true;
    }

    /** Letters taken in; empty until all there were have been. */
    public synchronized OptionalDouble total() {
        return complete ? OptionalDouble.of((double) seen) : OptionalDouble.empty();
    }

    /** Letters taken in. */
    public synchronized long seen() {
        return seen;
    }

    /** Every topic that has dead letters. */
    public synchronized List<TopicView> topics() {
        List<TopicView> views = new ArrayList<>();
        topics.forEach((name, topic) -> {
            List<ReasonView> reasons = new ArrayList<>();
            topic.reasons.forEach(
                    (reason, entry) -> reasons.add(new ReasonView(reason, entry.count, entry.again, entry.newest)));
            reasons.sort((one, other) -> Long.compare(other.count(), one.count()));
            views.add(new TopicView(Letter.original(name), name, topic.count, topic.again, reasons));
        });
        return views;
    }

    /**
     * The newest letters, newest first.
     *
     * @param topic they were read from; all if empty
     * @param reason all if empty
     */
    public synchronized List<LetterId> newest(Optional<String> topic, Optional<String> reason, int most) {
        List<Place> found = new ArrayList<>();
        topics.forEach((name, one) -> {
            if (topic.isEmpty()
                    || topic.get().equals(Letter.original(name))
                    || topic.get().equals(name)) {
                one.places.stream()
                        .filter(place -> reason.isEmpty() || reason.get().equals(place.reason()))
                        .limit(most)
                        .forEach(found::add);
            }
        });
        found.sort((one, other) -> other.time().compareTo(one.time()));
        return found.stream().limit(most).map(Place::id).toList();
    }
}
