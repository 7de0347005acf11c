package coldstream.console.deadletter;

import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends dead letters to the topic they came from: key, value and own headers as they were, each letter at most once, whoever
 * asks and however often.
 *
 * <p>Record and note travel in one transaction. All who replay share a transactional id, so that only one of them can be at it:
 * a second one ends the first one's transaction before it reads the notes, and what was not committed by then did not happen.
 */
public final class Replay {

    /** Header of a record that was sent again: which letter it was. */
    static final String REPLAYED_FROM = "coldstream.replayed-from";

    private static final int MAX_REQUEST = 8 * 1024 * 1024;

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final Set<String> allowed;
    private final Duration limit;
    private final InstantSource clock;

    /**
     * What came of it.
     *
     * @param replayed ids, as asked
     * @param skipped ids that were not sent, and why
     */
    public record Outcome(List<String> replayed, List<Skipped> skipped) {}

    /** A letter that was not sent. */
    public record Skipped(String id, String why) {}

    /**
     * @param allowed dead-letter topics whose letters may be sent again
     * @param limit longest wait for Kafka
     */
    public Replay(Map<String, Object> kafka, Topics topics, Set<String> allowed, Duration limit, InstantSource clock) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.allowed = Set.copyOf(allowed);
        this.limit = limit;
        this.clock = clock;
    }

    /**
     * Sends these letters, and returns when they are there.
     *
     * @param who asks, for the note
     * @throws KafkaException if Kafka did not take them, or somebody else began to replay; then none of them was sent
     */
    public synchronized Outcome replay(List<LetterId> ids, String who) {
        try (KafkaProducer<byte[], byte[]> producer = producer();
                LetterReader reader = new LetterReader(kafka, limit)) {
            producer.initTransactions();
            Map<String, Replayed> notes = new HashMap<>();
            reader.all(List.of(topics.replayedLetters()), Long.MAX_VALUE, record -> LetterReader.note(record)
                    .ifPresent(note -> notes.putIfAbsent(note.id(), note)));
            Set<LetterId> asked = new LinkedHashSet<>(ids);
            Map<LetterId, ConsumerRecord<byte[], byte[]>> letters = reader.find(
                    asked.stream().filter(id -> allowed.contains(id.topic())).toList());
            List<Skipped> skipped = new ArrayList<>();
            Map<LetterId, ConsumerRecord<byte[], byte[]>> sent = new LinkedHashMap<>();
            for (LetterId id : asked) {
                Replayed note = notes.get(id.toString());
                ConsumerRecord<byte[], byte[]> letter = letters.get(id);
                if (!allowed.contains(id.topic())) {
                    skipped.add(new Skipped(id.toString(), "its topic must be one of dead letters, got " + id.topic()));
                } else if (note != null) {
                    skipped.add(new Skipped(id.toString(), "replayed already at " + note.time()));
                } else if (letter == null) {
                    skipped.add(new Skipped(id.toString(), "it is not there, or not any more"));
                } else {
                    sent.put(id, letter);
                }
            }
            if (!sent.isEmpty()) {
                send(producer, sent, who);
            }
            return new Outcome(sent.keySet().stream().map(LetterId::toString).toList(), skipped);
        }
    }

    private void send(
            KafkaProducer<byte[], byte[]> producer, Map<LetterId, ConsumerRecord<byte[], byte[]>> letters, String who) {
        producer.beginTransaction();
        letters.forEach((id, letter) -> {
            byte[] key = id.toString().getBytes(StandardCharsets.UTF_8);
            byte[] note = Json.write(new Replayed(id.toString(), clock.instant(), who));
            Headers headers = headers(id, letter);
            for (ProducerRecord<byte[], byte[]> record : List.of(
                    new ProducerRecord<>(Letter.original(letter.topic()), null, letter.key(), letter.value(), headers),
                    new ProducerRecord<>(topics.replayedLetters(), key, note))) {
                var unused = producer.send(record);
            }
        });
        producer.commitTransaction(); // throws what any send came to
    }

    private static Headers headers(LetterId id, ConsumerRecord<byte[], byte[]> letter) {
        Headers headers = new RecordHeaders();
        letter.headers().forEach(header -> {
            if (!header.key().startsWith(Letter.ERRORS) && !header.key().equals(REPLAYED_FROM)) {
                headers.add(header);
            }
        });
        return headers.add(REPLAYED_FROM, id.toString().getBytes(StandardCharsets.UTF_8));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("transactional.id", topics.replayedLetters());
        settings.put("max.block.ms", limit.toMillis());
        settings.put("delivery.timeout.ms", (int) limit.toMillis());
        settings.put("request.timeout.ms", (int) Math.max(1, limit.toMillis() / 2));
        settings.put("linger.ms", 0);
        settings.put("max.request.size", MAX_REQUEST);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
