package coldstream.scorer;

import static coldstream.scorer.Items.NOON;
import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.Items.popularity;
import static coldstream.scorer.Items.request;
import static coldstream.testkit.chat.ChatReplies.everyScore;
import static coldstream.testkit.chat.ChatReplies.failing;
import static coldstream.testkit.chat.ChatReplies.overloaded;
import static coldstream.testkit.chat.ChatReplies.slow;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.ScoreRequest;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.TasteProfile;
import coldstream.domain.UserId;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisPopularityStore;
import coldstream.scorestore.RedisProfileStore;
import coldstream.scorestore.RedisScoreStore;
import coldstream.service.Settings;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.testkit.RedisExtension;
import coldstream.testkit.chat.ChatEndpoint;
import coldstream.textencoder.BgeSmallEncoder;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The whole worker against a real broker, a real Redis and the real encoder. */
@Tag("integration")
class ScorerWorkerTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private static final int CATALOGUE = 60;
    private static final UserId USER = new UserId("u1");

    /** Long enough to answer in on a slow machine. */
    private static final Duration LOCK = Duration.ofSeconds(5);

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Topics topics;
    private Map<String, Object> kafka;
    private Stream stream;

    @BeforeEach
    void createTopics() {
        topics = new Topics(KAFKA.namespace());
        use(KAFKA.client(), 2);
    }

    private void use(Map<String, Object> client, int partitions) {
        kafka = client;
        new TopicSetup(topics, "ctr", partitions, 1).ensure(kafka, Duration.ofSeconds(30));
        stream = opened(new Stream(kafka, topics));
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void aRequestBecomesScoresInRedisAndInTheTopic() throws Exception {
        RedisConnection redis = opened(RedisConnection.to(REDIS.url()));
        new RedisPopularityStore(redis, RedisBounds.DEFAULTS).putAll(popularity(30));
        ScorerWorker worker = started(Map.of("scorer.audit-share", "1"));
        stream.announce(catalogue(CATALOGUE));
        Await.until("every text has a vector", () -> worker.progress().itemVectors() == CATALOGUE);

        stream.ask(request("r1", "i3", "i7"));

        ConsumerRecord<byte[], byte[]> record =
                stream.read(topics.softScores(), 1).get(0);
        SoftScores scores = Json.read(record.value(), SoftScores.class);
        assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("u1");
        assertThat(scores.requestId()).isEqualTo("r1");
        assertThat(scores.hidden()).contains(new ItemId("i7"));
        assertThat(scores.historyVersion()).isEqualTo(2);
        assertThat(scores.historyMaxTime()).isEqualTo(NOON);
        assertThat(scores.model()).isEqualTo(BgeSmallEncoder.NAME);
        assertThat(scores.promptVersion()).isEqualTo("cosine-v1");
        assertThat(scores.scores())
                .hasSize(20)
                .extracting(ItemScore::item)
                .contains(new ItemId("i7"))
                .doesNotContain(new ItemId("i3"));
        assertThat(scores.scores()).extracting(ItemScore::score).contains(0.0, 1.0);
        var stored = Await.value("the scores are in redis", Duration.ofSeconds(20), () -> {
            var found = new RedisScoreStore(redis, RedisBounds.DEFAULTS).find(USER);
            return found.isEmpty() ? Optional.empty() : Optional.of(found);
        });
        assertThat(stored).hasSize(20);
        scores.scores().forEach(score -> assertThat(stored.get(score.item()))
                .isNotNull()
                .satisfies(kept -> assertThat(kept.score()).isEqualTo(score.score()))
                .satisfies(kept -> assertThat(kept.requestId()).isEqualTo("r1")));
        Await.until("the counters agree", () -> meters.scrape()
                .contains("coldstream_llm_requests_total{outcome=\"scored\"} 1.0"));
        assertThat(meters.scrape())
                .contains("coldstream_llm_requests_total{outcome=\"try_again\"} 0.0")
                .contains("coldstream_llm_requests_total{outcome=\"refused\"} 0.0")
                .contains("coldstream_llm_tokens_total{kind=\"prompt\"} 0.0")
                .contains("coldstream_items 60.0")
                .contains("coldstream_item_vectors 60.0");
        assertThat(worker.progress()).isEqualTo(new ScorerProgress(CATALOGUE, CATALOGUE, 1, 0, 20));
    }

    @Test
    void aColdUsersRequestBecomesAProfileInRedisAndInTheTopicOnce() throws Exception {
        RedisConnection redis = opened(RedisConnection.to(REDIS.url()));
        started(Map.of("scorer.profiles", "true"));
        stream.announce(catalogue(CATALOGUE));

        stream.ask(request("r1", "i3", "i7"));
        stream.read(topics.tasteProfiles(), 1);
        stream.ask(request("r2", "i3", "i7", "i9"));
        stream.read(topics.softScores(), 2);
        Await.until("both requests were looked at", () -> meters.scrape()
                .contains("coldstream_profiles_total{outcome=\"not_due\"} 1.0"));

        List<ConsumerRecord<byte[], byte[]>> records = stream.all(topics.tasteProfiles());
        assertThat(records).hasSize(1);
        TasteProfile profile = Json.read(records.get(0).value(), TasteProfile.class);
        assertThat(new String(records.get(0).key(), StandardCharsets.UTF_8)).isEqualTo("u1");
        assertThat(profile.historyVersion()).isEqualTo(2);
        assertThat(profile.encoder()).isEqualTo(BgeSmallEncoder.NAME);
        assertThat(profile.vector().dimension()).isEqualTo(BgeSmallEncoder.DIMENSION);
        assertThat(new RedisProfileStore(redis, RedisBounds.DEFAULTS).find(USER))
                .contains(profile);
        assertThat(meters.scrape()).contains("coldstream_profiles_total{outcome=\"made\"} 1.0");
    }

    @Test
    void aTailItemMakesTheWorkerAskAboutUsersWhoCouldLikeIt() {
        ScorerWorker worker = started(Map.of("scorer.tail-users", "1"));
        stream.announce(catalogue(CATALOGUE));
        Await.until("every text has a vector", () -> worker.progress().itemVectors() == CATALOGUE);
        stream.ask(new ScoreRequest(
                "r1",
                new UserId("u2"),
                List.of(new ItemId("i3")),
                ScoreRequest.Reason.COLD_USER,
                List.of(),
                1,
                NOON,
                NOON));

        AtomicInteger asked = new AtomicInteger(); // until the first request is known
        Await.until("another user is asked about", Duration.ofSeconds(60), () -> {
            stream.ask(new ScoreRequest(
                    "t" + asked.incrementAndGet(),
                    USER,
                    List.of(new ItemId("i13")),
                    ScoreRequest.Reason.TAIL_ITEM,
                    List.of(new ItemId("i13")),
                    1,
                    NOON,
                    NOON));
            return stream.all(topics.softScores()).stream()
                    .map(record -> Json.read(record.value(), SoftScores.class))
                    .anyMatch(scores -> scores.requestId().equals("tail|i13|u2|1")
                            && scores.user().equals(new UserId("u2"))
                            && scores.scores().stream()
                                    .anyMatch(score -> score.item().equals(new ItemId("i13"))));
        });
    }

    @Test
    void anUnreadableRequestBecomesADeadLetterAndTheStreamGoesOn() throws Exception {
        started(Map.of());
        stream.announce(catalogue(CATALOGUE));

        stream.ask("u0", "{\"request_id\":7".getBytes(StandardCharsets.UTF_8));
        stream.ask("u0", "{\"request_id\":\"r0\",\"user\":\"u0\"}".getBytes(StandardCharsets.UTF_8));
        stream.ask(request("r1", "i3"));

        assertThat(ids(stream.read(topics.softScores(), 1))).containsExactly("r1");
        List<ConsumerRecord<byte[], byte[]>> dead = stream.read(Topics.deadLetter(topics.scoreRequests()), 2);
        assertThat(dead).hasSize(2).allSatisfy(letter -> {
            assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("u0");
            assertThat(header(letter, "exception")).endsWith("UNPARSABLE");
            assertThat(header(letter, "message")).startsWith("cannot read ScoreRequest: ");
            assertThat(header(letter, "topic")).isEqualTo(topics.scoreRequests());
            assertThat(header(letter, "partition")).matches("[0-9]+");
            assertThat(header(letter, "offset")).matches("[0-9]+");
        });
        assertThat(dead)
                .extracting(letter -> new String(letter.value(), StandardCharsets.UTF_8))
                .contains("{\"request_id\":7");
    }

    @Test
    void aRequestAboutItemsNobodyAnnouncesIsGivenUpInTheEnd() throws Exception {
        started(Map.of());
        stream.announce(catalogue(CATALOGUE));

        stream.ask(request("r0", "nobody knows it"));

        ConsumerRecord<byte[], byte[]> dead =
                stream.read(Topics.deadLetter(topics.scoreRequests()), 1).get(0);
        assertThat(header(dead, "exception")).endsWith("UNKNOWN_ITEM");
        assertThat(header(dead, "message")).startsWith("given up after 5 tries: ");
    }

    @Test
    void withoutRedisTheScoresStillReachTheTopic() throws Exception {
        ScorerWorker worker = started(Map.of("redis.url", "redis://127.0.0.1:" + nobodysPort()));
        stream.announce(catalogue(CATALOGUE));

        for (int i = 0; i < 20; i++) {
            stream.ask(request("r" + i, "i3"));
        }

        assertThat(ids(stream.read(topics.softScores(), 20))).hasSize(20).doesNotHaveDuplicates();
        Await.until("every score counts as not stored", () -> meters.scrape()
                .contains("coldstream_soft_scores_total{result=\"store_away\"} 400.0"));
        assertThat(worker.progress().scoresStored()).isZero();
    }

    /**
     * The broker, not the worker, gives a request to another: the first takes it and never answers. One partition, so that
     * both are given it; of two, the one that is silent but alive would keep its own.
     */
    @Test
    void aRequestThatAWorkerTookToItsGraveIsHandedOutAgain() throws Exception {
        EmbeddedKafka impatient = opened(EmbeddedKafka.start(new EmbeddedKafkaOptions(
                0, Optional.empty(), Map.of("group.share.min.record.lock.duration.ms", "1000"))));
        use(Map.of("bootstrap.servers", impatient.bootstrapServers()), 1);
        stream.announce(catalogue(CATALOGUE));
        stream.ask(request("r1", "i3"));
        KafkaClients clients = new KafkaClients(kafka, topics);
        clients.configureGroup(LOCK);
        ShareConsumer<byte[], byte[]> dying = opened(clients.shareConsumer(10, false));
        dying.subscribe(List.of(topics.scoreRequests()));
        Await.until(
                "the request is taken", () -> dying.poll(Duration.ofMillis(200)).count() == 1);

        started(Map.of("scorer.request-lock", LOCK.toSeconds() + "s"));

        assertThat(ids(stream.read(topics.softScores(), 1))).containsExactly("r1");
    }

    @Test
    void goesOnAfterTheBrokerWasAwayAndAnswersEveryRequest() throws Exception {
        EmbeddedKafka broker = opened(EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE));
        use(Map.of("bootstrap.servers", broker.bootstrapServers()), 2);
        ScorerWorker worker = started(Map.of());
        stream.announce(catalogue(CATALOGUE));
        for (int i = 0; i < 200; i++) {
            stream.ask(request("before " + i, "i3"));
        }
        Await.until("the first is scored", () -> worker.progress().scored() > 0);

        broker.restart();
        for (int i = 0; i < 200; i++) {
            stream.ask(request("after " + i, "i3"));
        }

        Await.until(
                "every request has an answer",
                Duration.ofSeconds(90),
                () -> ids(stream.all(topics.softScores())).stream().distinct().count() == 400);
        assertThat(stream.all(Topics.deadLetter(topics.scoreRequests()))).isEmpty();
    }

    @Test
    void aSecondWorkerEncodesNothingAgainAndAChangedTextOnce() throws Exception {
        ScorerWorker first = started(Map.of());
        stream.announce(catalogue(CATALOGUE));
        Await.until("every text has a vector", () -> first.progress().itemVectors() == CATALOGUE);
        first.close();

        ScorerWorker second = started(Map.of());
        Await.until("the second has read everything", () -> second.ready());
        assertThat(second.progress().itemVectors()).isEqualTo(CATALOGUE);
        stream.announce(List.of(Items.item("i1", "category 1"), Items.item("i2", "quite another category")));

        List<ConsumerRecord<byte[], byte[]>> vectors = stream.read(topics.itemVectors(), CATALOGUE + 1);
        assertThat(vectors).hasSize(CATALOGUE + 1);
        assertThat(vectors.stream()
                        .map(record -> Json.read(record.value(), ItemVector.class))
                        .filter(vector -> vector.item().equals(new ItemId("i2")))
                        .map(ItemVector::textHash)
                        .distinct())
                .hasSize(2);
    }

    @Test
    void aRetiredItemLosesItsVectorAndIsNeverAskedAbout() throws Exception {
        ScorerWorker worker = started(Map.of("scorer.popularity-refresh", "100ms"));
        stream.announce(catalogue(21));
        Await.until("every text has a vector", () -> worker.progress().itemVectors() == 21);

        stream.retire(new ItemId("i5"));
        Await.until(
                "it is gone",
                () -> worker.progress().items() == 20 && worker.progress().itemVectors() == 20);
        assertThat(stream.read(topics.itemVectors(), 22)).anySatisfy(record -> {
            assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("i5");
            assertThat(record.value()).isNull();
        });
        Await.until("no question has it", () -> {
            int before = stream.all(topics.softScores()).size();
            stream.ask(request("r" + before, "i3"));
            byte[] last = stream.read(topics.softScores(), before + 1).stream()
                    .filter(record -> Json.read(record.value(), SoftScores.class)
                            .requestId()
                            .equals("r" + before))
                    .findFirst()
                    .orElseThrow()
                    .value();
            return Json.read(last, SoftScores.class).scores().stream()
                    .noneMatch(score -> score.item().equals(new ItemId("i5")));
        });
    }

    @Test
    void aChatModelThatIsOverloadedIsAskedAgainAndOneThatRefusesIsNot() throws Exception {
        try (ChatEndpoint chat = ChatEndpoint.start()) {
            chat.next(failing(503), overloaded(Duration.ZERO), everyScore("0.5"), failing(400));
            ScorerWorker worker = started(Map.of(
                    "scorer.provider", "openai",
                    "scorer.openai.base-url", chat.url().toString(),
                    "scorer.openai.model", "a-model",
                    "scorer.openai.concurrency", "1",
                    "scorer.debounce", "0s"));
            stream.announce(catalogue(CATALOGUE));
            Await.until("the items are known", () -> worker.progress().items() == CATALOGUE);

            stream.ask(request("r1", "i3"));
            SoftScores answer =
                    Json.read(stream.read(topics.softScores(), 1).get(0).value(), SoftScores.class);
            stream.ask(request("r2", "i3"));
            ConsumerRecord<byte[], byte[]> dead =
                    stream.read(Topics.deadLetter(topics.scoreRequests()), 1).get(0);

            assertThat(answer.requestId()).isEqualTo("r1");
            assertThat(answer.model()).isEqualTo("a-model");
            assertThat(answer.promptVersion()).isEqualTo("score-v2");
            assertThat(answer.scores()).extracting(ItemScore::score).containsOnly(0.5);
            assertThat(Json.read(dead.value(), ScoreRequest.class).requestId()).isEqualTo("r2");
            assertThat(header(dead, "message")).contains("HTTP 400");
            assertThat(meters.scrape())
                    .contains("coldstream_llm_requests_total{outcome=\"scored\"} 1.0")
                    .contains("coldstream_llm_requests_total{outcome=\"try_again\"} 2.0")
                    .contains("coldstream_llm_requests_total{outcome=\"refused\"} 1.0")
                    .contains("coldstream_llm_calls_total{result=\"answered\"} 1.0")
                    .doesNotContain("coldstream_llm_tokens_total{kind=\"prompt\"} 0.0")
                    .doesNotContain("coldstream_llm_tokens_total{kind=\"completion\"} 0.0");
        }
    }

    @Test
    void withTheEndpointIllAMixtureGoesOnWithTheEncoderUnderItsOwnName() throws Exception {
        try (ChatEndpoint chat = ChatEndpoint.start()) {
            chat.always(failing(500));
            ScorerWorker worker = started(Map.of(
                    "scorer.provider",
                    "mixture",
                    "scorer.openai.base-url",
                    chat.url().toString()));
            stream.announce(catalogue(CATALOGUE));
            Await.until("every text has a vector", () -> worker.progress().itemVectors() == CATALOGUE);

            stream.ask(request("r1", "i3"));

            SoftScores answer =
                    Json.read(stream.read(topics.softScores(), 1).get(0).value(), SoftScores.class);
            assertThat(chat.count()).isPositive();
            assertThat(answer.model()).isEqualTo(BgeSmallEncoder.NAME);
            assertThat(answer.promptVersion()).isEqualTo("cosine-v1");
            assertThat(meters.scrape()).contains("coldstream_llm_mixture_total{answered_by=\"fallback\"} 1.0");
        }
    }

    @Test
    void closesWithinTenSecondsWhileAChatModelKeepsItWaiting() throws Exception {
        try (ChatEndpoint chat = ChatEndpoint.start()) {
            chat.always(slow(Duration.ofMinutes(1), everyScore("0.5")));
            ScorerWorker worker = started(Map.of(
                    "scorer.provider",
                    "openai",
                    "scorer.openai.base-url",
                    chat.url().toString()));
            stream.announce(catalogue(CATALOGUE));
            stream.ask(request("r1", "i3"));
            Await.until("the chat model is asked", () -> chat.count() > 0);

            long start = System.nanoTime();
            worker.close();

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    private ScorerWorker started(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap-servers",
                String.valueOf(kafka.get("bootstrap.servers")),
                "namespace",
                topics.namespace(),
                "topics.partitions",
                "2",
                "redis.url",
                REDIS.url().toString(),
                "scorer.port",
                "0",
                "scorer.encoder-threads",
                "1"));
        all.putAll(settings);
        ScorerWorker worker = opened(ScorerWorker.create(Settings.of(ScorerWorker.settings(), all), meters));
        worker.start();
        return worker;
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }

    private static List<String> ids(List<ConsumerRecord<byte[], byte[]>> records) {
        return records.stream()
                .map(record -> Json.read(record.value(), SoftScores.class).requestId())
                .toList();
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(
                record.headers().lastHeader("__streams.errors." + name).value(), StandardCharsets.UTF_8);
    }

    private static int nobodysPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
