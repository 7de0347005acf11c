package coldstream.scorer;

import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.TextVector;
import coldstream.textencoder.TextHash;
import coldstream.wire.Json;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The way of vectors into {@code item-vectors.v1}. */
final class ItemVectors {

    private final Producer<byte[], byte[]> producer;
    private final String topic;
    private final String encoder;

    /** @param encoder that made the vectors */
    ItemVectors(Producer<byte[], byte[]> producer, String topic, String encoder) {
        this.producer = producer;
        this.topic = topic;
        this.encoder = encoder;
    }

    /** @param text the vector was made of */
    Sent send(ItemId item, String text, TextVector vector) {
        var value = new ItemVector(item, encoder, TextHash.of(text), vector);
        byte[] key = item.value().getBytes(StandardCharsets.UTF_8);
        return Sent.by(producer, new ProducerRecord<>(topic, key, Json.write(value)));
    }

    /** @param item key of a record */
    Sent forget(byte[] item) {
        return Sent.by(producer, new ProducerRecord<>(topic, item, null));
    }

    /** Sends what is on its way. */
    void flush() {
        producer.flush();
    }
}
