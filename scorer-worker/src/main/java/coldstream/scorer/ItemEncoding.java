package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.ItemVector;
import coldstream.domain.TextEncoder;
import coldstream.domain.TextVector;
import coldstream.textencoder.TextHash;
import coldstream.wire.ItemReader;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the text of every item into a vector, once among all workers: the members of a consumer group share the
 * partitions, and an item whose text has a vector already is passed over.
 *
 * <p>The group's name carries the encoder's, so that another encoder begins at the first item. An offset is committed when
 * its vector is in {@code item-vectors.v1}.
 */
final class ItemEncoding extends Loop {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final int BATCH = 128;

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final TextEncoder encoder;
    private final Catalogue catalogue;
    private final Producer<byte[], byte[]> producer;
    private final BooleanSupplier catalogueComplete;
    private final AtomicReference<@Nullable Consumer<byte[], byte[]>> running = new AtomicReference<>();

    ItemEncoding(
            Map<String, Object> kafka,
            Topics topics,
            TextEncoder encoder,
            Catalogue catalogue,
            Producer<byte[], byte[]> producer,
            BooleanSupplier catalogueComplete) {
        super("item-encoding");
        this.kafka = kafka;
        this.topics = topics;
        this.encoder = encoder;
        this.catalogue = catalogue;
        this.producer = producer;
        this.catalogueComplete = catalogueComplete;
    }

    @Override
    void run() throws InterruptedException {
        while (!catalogueComplete.getAsBoolean()) { // else vectors that exist would be made again
            if (stopping()) {
                return;
            }
            pause(POLL);
        }
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("group.id", topics.namespace() + "-item-encoder-" + encoder.name());
        settings.put("auto.offset.reset", "earliest");
        settings.put("isolation.level", "read_committed");
        settings.put("enable.auto.commit", "false");
        settings.put("max.poll.records", Integer.toString(BATCH));
        try (Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            running.set(consumer);
            consumer.subscribe(List.of(topics.items()));
            while (!stopping()) {
                List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
                consumer.poll(POLL).forEach(records::add);
                if (!records.isEmpty()) {
                    encode(records);
                    consumer.commitSync();
                }
            }
        } finally {
            running.set(null);
        }
    }

    /** Returns once every vector that was missing is in the topic. */
    private void encode(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Item> missing = new ArrayList<>();
        List<Sent> sent = new ArrayList<>(records.size());
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.value() == null) {
                sent.add(Sent.by(producer, new ProducerRecord<>(topics.itemVectors(), record.key(), null)));
                continue;
            }
            ItemReader.read(record.headers(), record.value())
                    .match(item -> catalogue.needsVector(item) && missing.add(item), refusal -> false);
        }
        List<TextVector> vectors =
                encoder.encode(missing.stream().map(Item::text).toList());
        for (int i = 0; i < missing.size(); i++) {
            Item item = missing.get(i);
            var vector = new ItemVector(item.item(), encoder.name(), TextHash.of(item.text()), vectors.get(i));
            sent.add(Sent.by(
                    producer,
                    new ProducerRecord<>(
                            topics.itemVectors(),
                            item.item().value().getBytes(StandardCharsets.UTF_8),
                            Json.write(vector))));
        }
        producer.flush();
        sent.forEach(Sent::check);
    }

    @Override
    void wake() {
        Consumer<byte[], byte[]> consumer = running.get();
        if (consumer != null) {
            consumer.wakeup();
        }
    }
}
