package coldstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.UserId;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.ingest.topology.Account;
import coldstream.service.Settings;
import coldstream.testkit.Await;
import coldstream.testkit.Examples;
import coldstream.testkit.RedisExtension;
import coldstream.wire.EventWriter;
import coldstream.wire.Json;
import coldstream.wire.Topics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Every event is accounted for, exactly, also when the broker restarts while the topology works. */
@Tag("integration")
class BrokerRestartTest {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private static final Duration LIMIT = Duration.ofMinutes(4);
    private static final Topics TOPICS = new Topics("restarted");
    private static final int EVENTS = 4_000;
    private static final int USERS = 50;

    @Test
    void everyEventBecomesExactlyOneSampleAcrossABrokerRestart(@TempDir Path folder) {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE)) {
            Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
            try (IngestService service = service(kafka, folder);
                    var producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer())) {
                service.start();
                send(producer, 0, EVENTS / 2);
                Await.until("the topology is at work", LIMIT, () -> samples(service) > 0);
                kafka.restart();
                send(producer, EVENTS / 2, EVENTS);

                Account account = Await.value("every record is decided", LIMIT, () -> service.ledger()
                        .filter(each -> each.settled() && each.samples() == EVENTS));
                assertThat(account)
                        .returns((long) EVENTS, Account::read)
                        .returns((long) EVENTS, Account::accepted)
                        .returns(0L, Account::duplicates);
                assertThat(sampleIds(client)).hasSize(EVENTS);
            }
            StreamThreads.awaitEnd(TOPICS.namespace());
        }
    }

    /** The ids of as many samples as there are events; one sent twice would leave another out. */
    private static Set<String> sampleIds(Map<String, Object> client) {
        Set<String> ids = new HashSet<>();
        try (TopicReader samples = new TopicReader(client, TOPICS.samples())) {
            for (int i = 0; i < EVENTS; i++) {
                ids.add(Json.read(samples.next().value(), Sample.class).sampleId());
            }
            assertThat(samples.isAtEnd()).isTrue();
        }
        return ids;
    }

    private static long samples(IngestService service) {
        return service.ledger().map(Account::samples).orElse(0L);
    }

    @SuppressWarnings("FutureReturnValueIgnored") // flushed below; what fails is missing in the ledger
    private static void send(KafkaProducer<byte[], byte[]> producer, int from, int to) {
        if (from == 0) {
            producer.send(new ProducerRecord<>(
                    TOPICS.items(), "film".getBytes(UTF_8), EventWriter.write(Item.unknown(new ItemId("film")))));
        }
        for (int i = from; i < to; i++) {
            UserId user = new UserId("user-" + i % USERS);
            byte[] event =
                    EventWriter.write(Examples.click("e" + i, user, Examples.FILM, Examples.NOON.plusSeconds(i)));
            producer.send(
                    new ProducerRecord<>(TOPICS.interactions(), user.value().getBytes(UTF_8), event));
        }
        producer.flush();
    }

    private static IngestService service(EmbeddedKafka kafka, Path folder) {
        return IngestService.create(
                Settings.of(
                        IngestService.settings(),
                        Map.of(
                                "kafka.bootstrap-servers", kafka.bootstrapServers(),
                                "namespace", TOPICS.namespace(),
                                "redis.url", REDIS.url().toString(),
                                "data-directory", folder.toString(),
                                "topics.partitions", "2",
                                "ingest.port", "0")),
                new SimpleMeterRegistry());
    }
}
