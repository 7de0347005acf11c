package coldstream.console.deadletter;

import coldstream.console.deadletter.LetterIndex.TopicView;
import coldstream.wire.TopicSetup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Lists dead letters with what they hold, and sends them again. Thread-safe. */
public final class LetterDesk {

    /** Bytes of key and of value that a list shows. */
    private static final int SHOWN = 4_096;

    /** Bytes of key and of value of a letter that is looked at alone. */
    private static final int SHOWN_ALONE = 1 << 20;

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Map<String, Object> kafka;
    private final TopicSetup setup;
    private final LetterIndex index;
    private final Replay replay;
    private final InstantSource clock;

    /**
     * Dead letters.
     *
     * @param total that were counted
     * @param topics counts by topic and reason, of all
     * @param letters newest first, of those asked for
     * @param more whether there are more of those asked for
     */
    public record Listing(
            Instant time, long total, List<TopicView> topics, Optional<List<Letter>> letters, Optional<Boolean> more) {}

    public LetterDesk(Map<String, Object> kafka, TopicSetup setup, LetterIndex index, InstantSource clock) {
        this.kafka = Map.copyOf(kafka);
        this.setup = setup;
        this.index = index;
        this.replay = new Replay(kafka, setup.topics(), topics(setup), LIMIT, clock);
        this.clock = clock;
    }

    /** The topics of dead letters. */
    public static Set<String> topics(TopicSetup setup) {
        return setup.all().stream()
                .map(NewTopic::name)
                .filter(name -> name.endsWith(Letter.SUFFIX))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Takes in a record of a topic of dead letters, or of the notes on those that were sent again. */
    public void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.topic().equals(setup.topics().replayedLetters())) {
            LetterReader.note(record).ifPresent(note -> index.replayed(LetterId.of(note.id()), note.time()));
        } else {
            index.take(record);
        }
    }

    /** Reads what is there now, each topic from at most so many records before its end; for whom does not follow them. */
    public void readAll(long most) {
        try (LetterReader reader = new LetterReader(kafka, LIMIT)) {
            reader.all(topics(setup), most, this::take);
            reader.all(Set.of(setup.topics().replayedLetters()), Long.MAX_VALUE, this::take);
        }
    }

    /** The counts alone. */
    public Listing counts() {
        return new Listing(clock.instant(), index.seen(), index.topics(), Optional.empty(), Optional.empty());
    }

    /**
     * @param topic they were read from; all if empty
     * @param reason all if empty
     * @throws org.apache.kafka.common.KafkaException if Kafka does not answer in time
     */
    public Listing list(Optional<String> topic, Optional<String> reason, int most) {
        List<LetterId> ids = index.newest(topic, reason, most + 1);
        List<LetterId> shown = ids.subList(0, Math.min(most, ids.size()));
        return new Listing(
                clock.instant(),
                index.seen(),
                index.topics(),
                Optional.of(letters(shown, SHOWN)),
                Optional.of(ids.size() > most));
    }

    /** One letter, whole; empty if it is not there, or not any more. */
    public Optional<Letter> find(LetterId id) {
        return topics(setup).contains(id.topic())
                ? letters(List.of(id), SHOWN_ALONE).stream().findFirst()
                : Optional.empty();
    }

    private List<Letter> letters(List<LetterId> ids, int shown) {
        if (ids.isEmpty()) {
            return List.of();
        }
        try (LetterReader reader = new LetterReader(kafka, LIMIT)) {
            Map<LetterId, ConsumerRecord<byte[], byte[]>> found = reader.find(ids);
            List<Letter> letters = new ArrayList<>();
            for (LetterId id : ids) {
                ConsumerRecord<byte[], byte[]> record = found.get(id);
                if (record != null) {
                    letters.add(Letter.of(record, shown, index.replayed(id)));
                }
            }
            return letters;
        }
    }

    /** Sends these letters again. */
    public Replay.Outcome replay(List<LetterId> ids, String who) {
        return replay.replay(ids, who);
    }
}
