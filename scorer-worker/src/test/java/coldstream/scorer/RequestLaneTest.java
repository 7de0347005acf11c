package coldstream.scorer;

import static coldstream.scorer.Items.NOON;
import static coldstream.scorer.Items.catalogue;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.SoftScores;
import coldstream.domain.Spend;
import coldstream.domain.SpendLimits;
import coldstream.domain.UserId;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.embedded.EmbeddedRedis;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisSpendLedger;
import coldstream.service.Settings;
import coldstream.testkit.Await;
import coldstream.testkit.chat.ChatEndpoint;
import coldstream.testkit.chat.ChatMind;
import coldstream.testkit.chat.ChatReplies;
import coldstream.testkit.chat.ChatReply;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ShareConsumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workers with a slow scorer against a real broker, a real Redis and an endpoint that misbehaves on command. */
@Tag("integration")
class RequestLaneTest {

    private static final int CATALOGUE = 40;

    /** Of which a third may pass unseen on a machine that stands still. */
    private static final Duration LOCK = Duration.ofSeconds(30);

    private static final int REQUESTS_A_MINUTE = 4;
    private static final AtomicInteger NAMESPACES = new AtomicInteger();
    private static final ChatReply GOOD = ChatReplies.thinking(ChatMind.byWords());

    private static EmbeddedKafka broker;
    private static EmbeddedRedis redis;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<PrometheusMeterRegistry> meters = new ArrayList<>();
    private Topics topics;
    private Map<String, Object> kafka;
    private Stream stream;
    private ChatEndpoint chat;

    /** Heartbeats of half a second: a new member is noticed soon. */
    @BeforeAll
    static void start() {
        broker = EmbeddedKafka.start(new EmbeddedKafkaOptions(
                0,
                Optional.empty(),
                Map.of(
                        "group.share.min.record.lock.duration.ms", "1000",
                        "group.share.min.heartbeat.interval.ms", "500",
                        "group.share.heartbeat.interval.ms", "500")));
        redis = EmbeddedRedis.start(0);
    }

    @AfterAll
    static void stop() {
        redis.close();
        broker.close();
    }

    @BeforeEach
    void createTopics() {
        redis.clear();
        topics = new Topics("lane-" + NAMESPACES.incrementAndGet());
        kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        new TopicSetup(topics, "ctr", 2, 1).ensure(kafka, Await.LIMIT);
        stream = opened(new Stream(kafka, topics));
        stream.announce(catalogue(CATALOGUE));
        chat = opened(ChatEndpoint.start());
    }

    @AfterEach
    void close() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void aCallLongerThanTheLockIsNotHandedToAnybodyElse() {
        chat.always(ChatReplies.slow(Duration.ofSeconds(8), GOOD));
        Map<String, String> shortLock = Map.of("scorer.request-lock", "5s");
        worker(shortLock);
        worker(shortLock);

        ask("r1", "ann", Reason.COLD_USER);

        assertThat(answered(1)).containsExactly("r1");
        assertThat(chat.count()).isEqualTo(1);
        assertThat(sum("coldstream_score_requests_redelivered_total")).isZero();
    }

    @Test
    void aUserIsAskedAboutOnceWithinTheDebounceByAllWorkersTogether() {
        worker(Map.of());
        worker(Map.of());

        for (int i = 0; i < 12; i++) {
            ask("r" + i, "ann", Reason.COLD_USER);
        }
        ask("other", "bob", Reason.COLD_USER);

        Await.until(
                "the others are dropped",
                () -> sum("coldstream_score_requests_dropped_total{reason=\"debounced\"}") == 11);
        assertThat(answered(2)).contains("other").hasSize(2);
        assertThat(chat.count()).isEqualTo(2);
    }

    @Test
    void aRequestThatFailsAlwaysBecomesADeadLetterWithItsReasonAndOthersPass() {
        ChatReply failing = ChatReplies.failing(500);
        chat.always(call -> (call.prompt().before().contains("title of i7") ? failing : GOOD).to(call));
        worker(Map.of("scorer.retry.pause", "1ms", "scorer.breaker.failure-rate", "1"));

        ask("poison", "ann", Reason.COLD_USER, "i7");
        for (int i = 0; i < 30; i++) {
            ask("r" + i, "user " + i, Reason.COLD_USER, "i3");
        }

        ConsumerRecord<byte[], byte[]> dead =
                stream.read(Topics.deadLetter(topics.scoreRequests()), 1).get(0);
        assertThat(Json.read(dead.value(), ScoreRequest.class).requestId()).isEqualTo("poison");
        assertThat(header(dead, "exception")).endsWith("GIVEN_UP");
        assertThat(header(dead, "message"))
                .startsWith("given up after 5 tries: ")
                .contains("500");
        assertThat(lag()).isZero();
    }

    /** Kafka would drop it without a word after the tenth delivery. */
    @Test
    void aRequestThatNobodyEverSettledIsNotAskedAboutASixthTime() throws Exception {
        ask("poison", "ann", Reason.COLD_USER);
        KafkaClients clients = new KafkaClients(kafka, topics);
        clients.configureGroup(LOCK);
        AtomicInteger taken = new AtomicInteger();
        try (ShareConsumer<byte[], byte[]> dying = clients.shareConsumer(1, true)) {
            dying.subscribe(List.of(topics.scoreRequests()));
            Await.until("it was handed out five times", () -> {
                dying.poll(Duration.ofMillis(200)).forEach(record -> {
                    taken.incrementAndGet();
                    dying.acknowledge(record, AcknowledgeType.RELEASE);
                });
                return taken.get() == 5;
            });
            dying.commitSync();
        }

        worker(Map.of());

        ConsumerRecord<byte[], byte[]> dead =
                stream.read(Topics.deadLetter(topics.scoreRequests()), 1).get(0);
        assertThat(header(dead, "exception")).endsWith("GIVEN_UP");
        assertThat(header(dead, "message")).startsWith("handed out 6 times");
        assertThat(chat.count()).isZero();
    }

    @Test
    void anEndpointThatIsGoneCostsNoRequestAndIsFoundAgain() throws Exception {
        chat.always(ChatReplies.failing(503));
        worker(Map.of("scorer.breaker.pause", "100ms", "scorer.breaker.longest-pause", "400ms"));
        for (int i = 0; i < 40; i++) {
            ask("r" + i, "user " + i, Reason.COLD_USER);
        }
        Await.until("the circuit opens", () -> sum("coldstream_llm_circuit{state=\"open\"}") == 1);
        Await.until("the lag shows", () -> sum("coldstream_score_requests_lag") == 40);
        long calls = chat.count();
        Await.until("it is probed", () -> chat.count() > calls + 3);

        chat.always(GOOD);

        assertThat(answered(40)).hasSize(40).doesNotHaveDuplicates();
        assertThat(stream.all(Topics.deadLetter(topics.scoreRequests()))).isEmpty();
    }

    /** All six wait in one worker for money, which somebody else has spent; then three of them are paid for. */
    @Test
    void whenMoneyIsShortTheBestQuestionsAreAsked() {
        book(REQUESTS_A_MINUTE);
        for (int i = 0; i < 3; i++) {
            askWarm(i);
            ask("cold" + i, "cold " + i, Reason.COLD_USER, "i1");
        }
        worker(shortOfMoney("1h"));
        Await.until("all are in hand", () -> sum("coldstream_llm_waiting") == 6);
        assertThat(chat.count()).isZero();

        book(-3);

        assertThat(answered(3)).containsExactlyInAnyOrder("cold0", "cold1", "cold2");
        assertThat(chat.count()).isEqualTo(3);
        Await.until("nothing is left", () -> sum("coldstream_llm_budget_left{limit=\"requests_minute\"}") == 0);
        assertThat(sum("coldstream_score_requests_dropped_total{reason=\"no_budget\"}"))
                .isZero();
        Await.until("the cost agrees", () -> {
            double read = sum("coldstream_llm_tokens_total{kind=\"prompt\"}");
            double written = sum("coldstream_llm_tokens_total{kind=\"completion\"}");
            return read > 0 && Math.abs(sum("coldstream_llm_cost_total") - (read + 2 * written) / 1e6) < 1e-9;
        });
    }

    @Test
    void whatCannotBePaidForTooLongIsDroppedAndCounted() {
        book(REQUESTS_A_MINUTE);
        for (int i = 0; i < 3; i++) {
            askWarm(i);
        }
        worker(shortOfMoney("1ms"));

        Await.until(
                "what cannot be paid is dropped",
                () -> sum("coldstream_score_requests_dropped_total{reason=\"no_budget\"}") == 3);
        assertThat(chat.count()).isZero();
    }

    private static Map<String, String> shortOfMoney(String patience) {
        return Map.of(
                "scorer.budget.requests-per-minute", Integer.toString(REQUESTS_A_MINUTE),
                "scorer.budget.patience", patience,
                "scorer.openai.concurrency", "6",
                "scorer.budget.prompt-price", "1",
                "scorer.budget.completion-price", "2");
    }

    /** Books as another worker does; by a clock that is ahead, so that its minute does not end within the test. */
    private static void book(int requests) {
        try (RedisConnection connection = RedisConnection.to(redis.url(), Duration.ofSeconds(30))) {
            var unused = new RedisSpendLedger(connection, () -> Instant.now().plus(Duration.ofHours(1)))
                    .book(0, Spend.NONE, new Spend(requests, 0, 0), SpendLimits.NONE);
        }
    }

    private void askWarm(int number) {
        ask("warm" + number, "warm " + number, Reason.STALE, "i1", "i2", "i3", "i4", "i5", "i6", "i7", "i8", "i9");
    }

    @Test
    void withoutRedisScoringGoesOn() {
        worker(Map.of("redis.url", "redis://127.0.0.1:1", "scorer.budget.requests-per-minute", "1000"));

        for (int i = 0; i < 10; i++) {
            ask("r" + i, "user " + i, Reason.COLD_USER);
        }

        assertThat(answered(10)).hasSize(10).doesNotHaveDuplicates();
        assertThat(sum("coldstream_score_requests_uncoordinated_total")).isPositive();
        assertThat(sum("coldstream_soft_scores_total{result=\"stored\"}")).isZero();
    }

    private List<String> answered(int count) {
        return stream.read(topics.softScores(), count).stream()
                .map(record -> Json.read(record.value(), SoftScores.class).requestId())
                .toList();
    }

    private double lag() {
        return Await.value("the lag is seen and gone", () -> {
            double lag = sum("coldstream_score_requests_lag");
            return lag == 0 ? Optional.of(lag) : Optional.empty();
        });
    }

    /** The sum over all workers of the lines that begin so. */
    private double sum(String name) {
        return meters.stream()
                .flatMap(one -> one.scrape().lines())
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    private void ask(String id, String user, Reason reason, String... history) {
        List<ItemId> items = List.of(history.length == 0 ? new String[] {"i3"} : history).stream()
                .map(ItemId::new)
                .toList();
        stream.ask(new ScoreRequest(id, new UserId(user), items, reason, List.of(), items.size(), NOON, NOON));
    }

    private ScorerWorker worker(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "kafka.bootstrap-servers",
                broker.bootstrapServers(),
                "namespace",
                topics.namespace(),
                "topics.partitions",
                "2",
                "redis.url",
                redis.url().toString(),
                "scorer.port",
                "0",
                "scorer.encoder-threads",
                "1",
                "scorer.provider",
                "openai",
                "scorer.openai.base-url",
                chat.url().toString(),
                "scorer.audit-share",
                "0",
                "scorer.request-lock",
                LOCK.toSeconds() + "s"));
        all.put("scorer.debounce", "1h");
        all.putAll(settings);
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        meters.add(registry);
        ScorerWorker worker = opened(ScorerWorker.create(Settings.of(ScorerWorker.settings(), all), registry));
        worker.start();
        return worker;
    }

    private <T extends AutoCloseable> T opened(T part) {
        opened.add(part);
        return part;
    }

    private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        return new String(
                record.headers().lastHeader("__streams.errors." + name).value(), StandardCharsets.UTF_8);
    }
}
