package coldstream.system;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.UserId;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Samples as ingest would make them, of users who each take items of one of four kinds: something that can be learnt. */
final class SampleStream implements AutoCloseable {

    private static final int KINDS = 4;
    private static final int USERS = 300;
    private static final int ITEMS = 200;
    private static final int FAR = 1_000;

    private final Topics topics = new Topics("coldstream");
    private final Producer<String, byte[]> producer;
    private final Random random = new Random(5);
    private final Map<Integer, List<ItemId>> histories = new HashMap<>();
    private final Map<Integer, Long> counts = new HashMap<>();
    private int sent;

    SampleStream(String bootstrapServers) {
        producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers), new StringSerializer(), new ByteArraySerializer());
    }

    /** Sends the whole catalogue. */
    void catalogue() {
        for (int number = 0; number < ITEMS; number++) {
            var item = new Item(
                    item(number),
                    "Thing " + number,
                    List.of("kind " + number % KINDS),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of());
            send(topics.items(), item.item().value(), item);
        }
    }

    /** Sends so many samples. */
    void samples(int count) {
        samples(count, 1);
    }

    /** As a producer sends them that forgets to say what was taken. */
    void withoutLabels(int count) {
        samples(count, 0);
    }

    /** Whether a trainer that has trained so many has far to go: more would only keep everybody waiting. */
    boolean isFarAhead(long trained) {
        return sent - trained > FAR;
    }

    private void samples(int count, int label) {
        for (int k = 0; k < count; k++) {
            int user = random.nextInt(USERS);
            int number = random.nextInt(ITEMS / KINDS) * KINDS + user % KINDS;
            List<ItemId> history = histories.computeIfAbsent(user, id -> new ArrayList<>());
            long taken = counts.getOrDefault(number, 0L);
            Instant now = Instant.now();
            var sample = new Sample(
                    "stream|" + sent++,
                    new UserId("user-" + user),
                    item(number),
                    label,
                    OptionalDouble.empty(),
                    1,
                    history.subList(Math.max(0, history.size() - Sample.MAX_HISTORY), history.size()),
                    history.size(),
                    taken,
                    history.size() <= 3,
                    false,
                    now,
                    now);
            if (label == 1) {
                history.add(item(number));
                counts.put(number, taken + 1);
            }
            send(topics.samples(), sample.user().value(), sample);
        }
        producer.flush();
    }

    private static ItemId item(int number) {
        return new ItemId("item-" + number);
    }

    private void send(String topic, String key, Object value) {
        var unused = producer.send(new ProducerRecord<>(topic, key, Json.write(value)));
    }

    @Override
    public void close() {
        producer.close();
    }
}
