package coldstream.trainer.in;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.wire.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;

/** An input record that cannot be read, and why. */
record DeadLetter(ConsumerRecord<byte[], byte[]> source, RuntimeException why) {

    /** The original bytes, key and headers, and where they come from in the headers that Kafka Streams uses too. */
    ProducerRecord<byte[], byte[]> toRecord() {
        var letter = new ProducerRecord<>(
                Topics.deadLetter(source.topic()),
                null,
                source.timestamp() < 0 ? null : source.timestamp(),
                source.key(),
                source.value(),
                source.headers());
        header(letter.headers(), "exception", why.getClass().getName());
        header(letter.headers(), "message", String.valueOf(why.getMessage()));
        header(letter.headers(), "stacktrace", stackTrace());
        header(letter.headers(), "topic", source.topic());
        header(letter.headers(), "partition", Integer.toString(source.partition()));
        header(letter.headers(), "offset", Long.toString(source.offset()));
        return letter;
    }

    private static void header(Headers headers, String name, String value) {
        headers.add("__streams.errors." + name, value.getBytes(UTF_8));
    }

    private String stackTrace() {
        var text = new StringWriter();
        why.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
