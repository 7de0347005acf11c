package coldstream.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.UserId;
import coldstream.ingest.topology.Account;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisPopularityStore;
import coldstream.scorestore.RedisUserStateStore;
import coldstream.service.Settings;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.testkit.RedisExtension;
import coldstream.wire.EventSize;
import coldstream.wire.EventWriter;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The whole of ingest on a real broker and a real Redis. */
@Tag("integration")
class IngestServiceTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private static final Duration LIMIT = Duration.ofMinutes(4);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

    private final Topics topics = new Topics(KAFKA.namespace());
    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient http = HttpClient.newHttpClient();
    private IngestService service;
    private KafkaProducer<byte[], byte[]> producer;
    private TopicReader samples;
    private TopicReader dead;

    @BeforeEach
    void start() {
        service = service();
        service.start();
        Map<String, Object> client = new HashMap<>(KAFKA.client());
        client.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSetup.MAX_BYTES);
        producer = new KafkaProducer<>(client, new ByteArraySerializer(), new ByteArraySerializer());
        samples = new TopicReader(KAFKA.client(), topics.samples());
        dead = new TopicReader(KAFKA.client(), Topics.deadLetter(topics.interactions()));
        announce("film");
    }

    @AfterEach
    void stop() {
        producer.close(Duration.ZERO);
        samples.close();
        dead.close();
        service.close();
        StreamThreads.awaitEnd(topics.namespace());
    }

    private IngestService service() {
        return IngestService.create(
                Settings.of(
                        IngestService.settings(),
                        Map.of(
                                "kafka.bootstrap-servers",
                                KAFKA.bootstrapServers(),
                                "namespace",
                                topics.namespace(),
                                "redis.url",
                                REDIS.url().toString(),
                                "data-directory",
                                folder.toString(),
                                "topics.partitions",
                                "2",
                                "ingest.port",
                                "0",
                                "ingest.ack-timeout",
                                "4m",
                                "ingest.unknown-item-grace",
                                "5s")),
                meters);
    }

    @Test
    void whatIsPostedIsAnsweredOnceKafkaHasItAndBecomesASample() throws Exception {
        HttpResponse<String> answer = Await.value("the gateway has reached Kafka", LIMIT, () -> {
            HttpResponse<String> one = post("/v1/interactions", event("e1", "ann", "film"));
            return one.statusCode() == 503 ? Optional.empty() : Optional.of(one);
        });

        assertThat(answer.statusCode()).isEqualTo(202);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"accepted\":1,\"refused\":0,\"results\":[{\"index\":0,\"event_id\":\"e1\",\"status\":\"accepted\"}]}");
        Sample sample = Json.read(samples.next().value(), Sample.class);
        assertThat(sample.sampleId()).isEqualTo("default|e1");
        assertThat(sample.ingestTime()).isAfter(yesterday.plus(Duration.ofHours(20)));
    }

    @Test
    void badRecordsGoToTheDeadLettersAndTheStreamGoesOn() {
        Map<String, String> reasons = new HashMap<>();
        bad(reasons, "broken", "{\"event_id\":", "UNPARSABLE");
        bad(reasons, "typed", event("typed", "ann", "film").replace("\"ann\"", "5"), "WRONG_TYPE");
        bad(reasons, "strange", event("strange", "ann", "film").replace("click", "glance"), "UNKNOWN_TYPE");
        bad(reasons, "nameless", event("x", "ann", "film").replace("event_id", "other"), "MISSING_FIELD");
        bad(reasons, "nobody", event("nobody", "ann", "film").replace("user_id", "other"), "MISSING_FIELD");
        bad(reasons, "tomorrow", at("tomorrow", Instant.now().plus(Duration.ofDays(1))), "IN_THE_FUTURE");
        bad(reasons, "ancient", at("ancient", Instant.parse("1970-01-20T00:00:00Z")), "TOO_OLD");
        bad(reasons, "huge", event("huge", "ann", "film") + " ".repeat(2 << 20), "TOO_LARGE");
        bad(reasons, "ann", event("unheard", "ann", "unheard-of"), "UNKNOWN_ITEM");
        send("ann", event("good", "ann", "film"));
        send("ann", event("good", "ann", "film"));

        Map<String, String> found = new HashMap<>();
        while (found.size() < reasons.size()) {
            var letter = dead.next();
            found.put(
                    new String(letter.key(), UTF_8),
                    new String(
                                    letter.headers()
                                            .lastHeader("__streams.errors.exception")
                                            .value(),
                                    UTF_8)
                            .replaceFirst(".*\\.", ""));
            assertThat(new String(letter.headers().lastHeader("trace").value(), UTF_8))
                    .isEqualTo(new String(letter.key(), UTF_8));
            assertThat(letter.headers().lastHeader("__streams.errors.message")).isNotNull();
            assertThat(new String(
                            letter.headers()
                                    .lastHeader("__streams.errors.topic")
                                    .value(),
                            UTF_8))
                    .isEqualTo(topics.interactions());
        }
        assertThat(found).isEqualTo(reasons);
        assertThat(Json.read(samples.next().value(), Sample.class).sampleId()).isEqualTo("default|good");
        Account account = settled(11);
        assertThat(account)
                .returns(1L, Account::accepted)
                .returns(9L, Account::rejected)
                .returns(1L, Account::duplicates)
                .returns(1L, Account::samples);
        assertThat(meters.scrape()).contains("coldstream_dlq_total{reason=\"too_large\"} 1.0");
    }

    @Test
    void aRestartNeitherForgetsNorRepeats() {
        send("ann", event("before", "ann", "film"));
        assertThat(Json.read(samples.next().value(), Sample.class).userCount()).isZero();
        service.close();
        StreamThreads.awaitEnd(topics.namespace());

        send("ann", event("before", "ann", "film"));
        send("ann", event("after", "ann", "film"));
        service = service();
        service.start();

        Sample after = Json.read(samples.next().value(), Sample.class);
        assertThat(after.sampleId()).isEqualTo("default|after");
        assertThat(after.userCount()).isEqualTo(1);
        assertThat(settled(3)).returns(2L, Account::accepted).returns(1L, Account::duplicates);
    }

    @Test
    void theStateOfUsersAndItemsIsMirroredToRedis() {
        send("ann", event("e1", "ann", "film"));

        try (RedisConnection redis = RedisConnection.to(REDIS.url(), Duration.ofSeconds(30))) {
            var users = new RedisUserStateStore(redis, RedisBounds.DEFAULTS);
            var popularity = new RedisPopularityStore(redis, RedisBounds.DEFAULTS);
            Await.until("ann's state in Redis", LIMIT, () -> users.find(new UserId("ann"))
                    .map(state -> state.history().equals(List.of(new ItemId("film"))))
                    .orElse(false));
            Await.until("film's popularity in Redis", LIMIT, () -> popularity
                    .top(5)
                    .equals(Map.of(new ItemId("film"), 1L)));
        }
    }

    private Account settled(long read) {
        return Await.value("every record is decided", LIMIT, () -> service.ledger()
                .filter(account -> account.read() == read && account.settled()));
    }

    private void announce(String... items) {
        for (String item : items) {
            byte[] described = EventWriter.write(Item.unknown(new ItemId(item)));
            produce(new ProducerRecord<>(topics.items(), item.getBytes(UTF_8), described));
        }
    }

    private void bad(Map<String, String> reasons, String key, String value, String reason) {
        reasons.put(key, reason);
        send(key, value);
    }

    private void send(String key, String value) {
        var headers = new RecordHeaders().add("trace", key.getBytes(UTF_8));
        produce(new ProducerRecord<>(topics.interactions(), null, key.getBytes(UTF_8), value.getBytes(UTF_8), headers));
    }

    private void produce(ProducerRecord<byte[], byte[]> record) {
        Await.value(
                "Kafka has the record",
                LIMIT,
                () -> Optional.of(producer.send(record).get()));
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private String event(String id, String user, String item) {
        return """
                {"event_id":"%s","type":"click","user_id":"%s","item_id":"%s","timestamp":"%s"}""".formatted(id, user, item, yesterday);
    }

    private String at(String id, Instant time) {
        return event(id, "ann", "film").replace(yesterday.toString(), time.toString());
    }

    @Test
    void anEventOfTwoMegabytesIsRefusedByTheGateway() throws Exception {
        HttpResponse<String> answer = post("/v1/interactions", event("e", "ann", "film") + " ".repeat(2 << 20));

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(answer.body()).contains("at most " + EventSize.MAX_BYTES + " bytes");
    }
}
