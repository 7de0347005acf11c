package coldstream.ingest.topology;

import org.jspecify.annotations.Nullable;

/**
 * A record as it came: what a dead letter repeats. Its headers travel as the headers of the record that carries this.
 *
 * @param key original bytes
 * @param value original bytes
 */
@SuppressWarnings("ArrayRecordComponent") // carried from topic to topic, never compared
record Origin(String topic, int partition, long offset, byte @Nullable [] key, byte @Nullable [] value) {

    void write(StateWriter out) {
        out.text(topic).number(partition).number(offset).blob(key).blob(value);
    }

    static Origin read(StateReader in) {
        return new Origin(in.text(), in.small(), in.number(), in.blob(), in.blob());
    }
}
