package coldstream.trainer.in;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.wire.ItemReader;
import coldstream.wire.Json;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/** Reads an input record; what cannot be read becomes an {@link Entry.Unreadable}, the same one every time. */
final class Decoder {

    private Decoder() {}

    static Entry decode(Input input, ConsumerRecord<byte[], byte[]> record) {
        try {
            return switch (input) {
                case ITEMS -> new Entry.Items(record.offset(), item(record));
                case VECTORS ->
                    record.value() == null
                            ? new Entry.Nothing(record.offset())
                            : new Entry.Vectors(record.offset(), read(record, ItemVector.class));
                case SCORES -> new Entry.Scores(record.offset(), read(record, SoftScores.class));
                case PROFILES -> new Entry.Profiles(record.offset(), read(record, TasteProfile.class));
                case SAMPLES -> new Entry.Samples(record.offset(), read(record, Sample.class));
            };
        } catch (SerializationException | IllegalArgumentException e) {
            return new Entry.Unreadable(record.offset(), new DeadLetter(record, e));
        }
    }

    private static ItemChange item(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            if (record.key() == null) {
                throw new SerializationException("a tombstone must have a key");
            }
            return new ItemChange(new ItemId(new String(record.key(), UTF_8)), Optional.empty());
        }
        return ItemReader.read(record.headers(), record.value())
                .match(item -> new ItemChange(item.item(), Optional.of(item)), refusal -> {
                    throw new SerializationException(refusal.reason().tag() + ": " + refusal.message());
                });
    }

    private static <T> T read(ConsumerRecord<byte[], byte[]> record, Class<T> type) {
        if (record.value() == null) {
            throw new SerializationException("a " + type.getSimpleName() + " must have a value");
        }
        return Json.read(record.value(), type);
    }
}
