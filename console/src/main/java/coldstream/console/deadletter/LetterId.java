package coldstream.console.deadletter;

import static coldstream.domain.Check.check;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/** Which dead letter: its place in Kafka, written {@code topic-partition-offset}. */
public record LetterId(String topic, int partition, long offset) {

    private static final Pattern FORM = Pattern.compile("([a-zA-Z0-9._-]{1,249})-(\\d{1,9})-(\\d{1,18})");

    /** @throws IllegalArgumentException if it is none */
    public static LetterId of(String text) {
        Matcher parts = FORM.matcher(text);
        check(
                parts.matches(),
                "a dead letter's id must be topic-partition-offset, got %s",
                text.substring(0, Math.min(300, text.length())));
        return new LetterId(parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    TopicPartition place() {
        return new TopicPartition(topic, partition);
    }

    @Override
    public String toString() {
        return topic + "-" + partition + "-" + offset;
    }
}
