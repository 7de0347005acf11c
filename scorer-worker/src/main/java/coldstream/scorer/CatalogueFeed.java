package coldstream.scorer;

import coldstream.domain.ItemEnrichment;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.wire.ItemReader;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills the {@link Catalogue} from the whole of {@code items.v1}, {@code item-vectors.v1} and
 * {@code item-enrichments.v1}, and keeps it up to date.
 *
 * <p>Every worker reads everything, without a group. An item nobody can read is left out here; ingest, which reads each
 * item once, writes its dead letter.
 */
final class CatalogueFeed extends Loop {

    private static final Logger LOG = LoggerFactory.getLogger(CatalogueFeed.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final Catalogue catalogue;
    private volatile boolean caughtUp;

    CatalogueFeed(Map<String, Object> kafka, Topics topics, Catalogue catalogue) {
        super("catalogue-feed");
        this.kafka = kafka;
        this.topics = topics;
        this.catalogue = catalogue;
    }

    /** Whether everything has been read that was there at the start. */
    boolean caughtUp() {
        return caughtUp;
    }

    @Override
    void run() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.records", "2000");
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = Stream.of(topics.items(), topics.itemVectors(), topics.itemEnrichments())
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (!stopping()) {
                consumer.poll(POLL).forEach(this::apply);
                if (!caughtUp) {
                    caughtUp = partitions.stream()
                            .allMatch(partition -> consumer.position(partition) >= ends.getOrDefault(partition, 0L));
                }
            }
        }
    }

    private void apply(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(topics.items())) {
                applyItem(record);
            } else if (record.topic().equals(topics.itemVectors())) {
                applyVector(record);
            } else {
                applyEnrichment(record);
            }
        } catch (SerializationException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .addKeyValue("why", e.getMessage())
                    .log("catalogue record left out");
        }
    }

    private void applyItem(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            catalogue.retire(key(record));
            return;
        }
        ItemReader.read(record.headers(), record.value())
                .match(
                        item -> {
                            catalogue.announce(item);
                            return true;
                        },
                        refusal -> false);
    }

    private void applyVector(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            catalogue.forgetVector(key(record));
        } else {
            catalogue.vector(Json.read(record.value(), ItemVector.class));
        }
    }

    private void applyEnrichment(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            catalogue.forgetEnrichment(key(record));
        } else {
            catalogue.enrich(Json.read(record.value(), ItemEnrichment.class));
        }
    }

    private static ItemId key(ConsumerRecord<byte[], byte[]> record) {
        return new ItemId(record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8));
    }
}
