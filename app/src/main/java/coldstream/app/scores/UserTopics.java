package coldstream.app.scores;

import coldstream.domain.Item;
import coldstream.domain.ItemEnrichment;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.wire.ItemReader;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the records of one user from the ends of the topics, and what the topics say of items. */
final class UserTopics implements AutoCloseable {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** A fetch that waits for what is not there holds up whatever is asked next, and the close. */
    private static final int FETCH_MILLIS = 20;

    private final Topics topics;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final long scanned;

    /** @param scanned most records looked at in each partition, from its end */
    UserTopics(Map<String, Object> kafka, Topics topics, long scanned) {
        this.topics = topics;
        this.scanned = scanned;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("fetch.max.wait.ms", FETCH_MILLIS);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** The user's last requests, oldest first. */
    List<ScoreRequest> requests(UserId user, int last) {
        return last(topics.scoreRequests(), user, last, ScoreRequest.class);
    }

    /** The user's last answers, oldest first. */
    List<SoftScores> answers(UserId user, int last) {
        return last(topics.softScores(), user, last, SoftScores.class);
    }

    /** The titles of those of the items that are announced. */
    Map<ItemId, String> titles(Set<ItemId> items) {
        Map<ItemId, String> titles = new HashMap<>();
        read(topics.items(), Long.MAX_VALUE, record -> {
            if (record.key() == null) {
                return;
            }
            String key = new String(record.key(), StandardCharsets.UTF_8);
            if (!key.isBlank() && items.contains(new ItemId(key))) {
                titles.remove(new ItemId(key));
                ItemReader.read(record.headers(), record.value())
                        .match(item -> titles.put(item.item(), shown(item)), refused -> null);
            }
        });
        return titles;
    }

    /** The item as it was announced last; nothing where it was not, or is retired. */
    Optional<Item> item(ItemId item) {
        return newest(topics.items(), item).flatMap(record -> ItemReader.read(record.headers(), record.value())
                .match(Optional::of, refused -> Optional.empty()));
    }

    /** What a language model wrote of the item. */
    Optional<ItemEnrichment> enrichment(ItemId item) {
        return newest(topics.itemEnrichments(), item).map(record -> Json.read(record.value(), ItemEnrichment.class));
    }

    /** The vector of the item's text. */
    Optional<ItemVector> vector(ItemId item) {
        return newest(topics.itemVectors(), item).map(record -> Json.read(record.value(), ItemVector.class));
    }

    private Optional<ConsumerRecord<byte[], byte[]>> newest(String topic, ItemId item) {
        byte[] key = item.value().getBytes(StandardCharsets.UTF_8);
        Deque<ConsumerRecord<byte[], byte[]>> last = new ArrayDeque<>(1);
        read(topic, Long.MAX_VALUE, record -> {
            if (Arrays.equals(key, record.key())) {
                last.clear();
                last.add(record);
            }
        });
        return last.stream().filter(record -> record.value() != null).findFirst();
    }

    private static String shown(Item item) {
        return item.title().isBlank() ? item.text() : item.title();
    }

    private <T> List<T> last(String topic, UserId user, int last, Class<T> type) {
        byte[] key = user.value().getBytes(StandardCharsets.UTF_8);
        Deque<T> found = new ArrayDeque<>();
        read(topic, scanned, record -> {
            if (Arrays.equals(key, record.key()) && record.value() != null) {
                try {
                    found.addLast(Json.read(record.value(), type));
                } catch (SerializationException | IllegalArgumentException e) {
                    return; // the worker makes a dead letter of it
                }
                if (found.size() > last) {
                    found.removeFirst();
                }
            }
        });
        return new ArrayList<>(found);
    }

    private void read(String topic, long most, Consumer<ConsumerRecord<byte[], byte[]>> each) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
        consumer.assign(partitions);
        Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        partitions.forEach(partition -> consumer.seek(
                partition, Math.max(begins.getOrDefault(partition, 0L), ends.getOrDefault(partition, 0L) - most)));
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.getOrDefault(one, 0L))) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("topic " + topic + " could not be read within " + LIMIT);
            }
            consumer.poll(POLL).forEach(each);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
