package coldstream.app.dlq;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.CommandLines;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import picocli.CommandLine;

/** A person's way through the dead letters, command by command, against a real broker. */
@Tag("integration")
class DlqCommandTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final Topics topics = new Topics(KAFKA.namespace());
    private final String letters = Topics.deadLetter(topics.interactions());
    private String out = "";
    private String err = "";

    @BeforeEach
    void die() {
        new TopicSetup(topics, "ctr", 1, 1).ensure(KAFKA.client(), Await.LIMIT);
        try (var producer = new KafkaProducer<>(KAFKA.client(), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (String reason : List.of("UNKNOWN_ITEM", "MISSING_FIELD")) {
                var record = new ProducerRecord<>(letters, bytes("user-7"), bytes("{\"reason\":\"" + reason + "\"}"));
                record.headers()
                        .add("__streams.errors.exception", bytes("coldstream.wire.Refusal." + reason))
                        .add("__streams.errors.message", bytes("a sentence why"))
                        .add("__streams.errors.topic", bytes(topics.interactions()))
                        .add("__streams.errors.partition", bytes("0"))
                        .add("__streams.errors.offset", bytes("42"));
                var unused = producer.send(record);
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private int run(String... arguments) {
        CommandLine line = CommandLines.coldstream();
        StringWriter printed = new StringWriter();
        StringWriter complained = new StringWriter();
        line.setOut(new PrintWriter(printed));
        line.setErr(new PrintWriter(complained));
        List<String> all = new ArrayList<>(List.of("dlq"));
        all.addAll(List.of(arguments));
        all.addAll(List.of(
                "--set",
                "kafka.bootstrap-servers=" + KAFKA.bootstrapServers(),
                "--set",
                "namespace=" + topics.namespace()));
        int status = line.execute(all.toArray(String[]::new));
        out = printed.toString();
        err = complained.toString();
        return status;
    }

    private long interactions() {
        try (var consumer = new KafkaConsumer<>(
                Map.<String, Object>of(
                        "bootstrap.servers", KAFKA.bootstrapServers(), "isolation.level", "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topics.interactions(), 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            long count = 0;
            while (consumer.position(partition) < end) {
                count += consumer.poll(Duration.ofMillis(100)).count();
            }
            return count;
        }
    }

    @Test
    void fromTheListToTheReplayNothingIsSentThatWasNotAskedForAndNothingTwice() {
        assertThat(run("list")).as(err).isZero();
        assertThat(out)
                .containsPattern(topics.interactions() + " +MISSING_FIELD +1 +0")
                .containsPattern(topics.interactions() + " +UNKNOWN_ITEM +1 +0")
                .containsPattern(letters + "-0-0 .*UNKNOWN_ITEM.* a sentence why");

        assertThat(run("explain", letters + "-0-0")).as(err).isZero();
        assertThat(out)
                .contains("nobody announced its item in time", "coldstream dlq replay " + letters + "-0-0")
                .contains("read      from " + topics.interactions() + "-0 at 42")
                .contains("value     {\"reason\":\"UNKNOWN_ITEM\"}");
        assertThat(run("explain", letters + "-0-1")).as(err).isZero();
        assertThat(out).contains("would only die again");

        assertThat(run("replay", "--topic", topics.interactions(), "--reason", "UNKNOWN_ITEM"))
                .as(err)
                .isZero();
        assertThat(out).contains("with --yes these 1 would be sent again");
        assertThat(interactions()).isZero();

        assertThat(run("replay", letters + "-0-0", "--yes")).as(err).isZero();
        assertThat(out).contains("1 sent again, 0 not");
        assertThat(run("replay", letters + "-0-0", "--yes")).as(err).isZero();
        assertThat(out).contains("replayed already at", "0 sent again, 1 not");
        assertThat(interactions()).isOne();
        assertThat(run("list", "--json")).isZero();
        assertThat(out).contains("\"replayed\" : 1");
    }

    @Test
    void whatIsNotThereIsOneLine() {
        assertThat(run("explain", letters + "-0-99")).isEqualTo(1);
        assertThat(err).contains("a dead letter must be there, got none");
        assertThat(run("replay")).isEqualTo(2);
        assertThat(run("list", "--topic", topics.samples())).isZero();
    }
}
