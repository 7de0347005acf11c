package coldstream.serving;

import static coldstream.serving.RunningServing.json;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.domain.SnapshotManifest;
import coldstream.model.DeltaRecord;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.wire.DeltaEnvelope;
import coldstream.wire.DeltaEnvelope.Stamp;
import coldstream.wire.EpochMarker;
import coldstream.wire.Json;
import coldstream.wire.SnapshotFolder;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Epochs over a real broker. A model is two numbers, each a part of its own, and both are the epoch they belong to. */
@Tag("integration")
class DeltaServingTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private static final long INCARNATION = 77;

    private final Topics topics = new Topics(KAFKA.namespace());
    private final Path folder;
    private final KafkaProducer<String, byte[]> events;
    private final KafkaProducer<String, byte[]> deltas;
    private final StubRegistry registry;
    private String base = "";
    private long baseStep;
    private long written;

    DeltaServingTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        new TopicSetup(topics, "ctr", 1, 1).ensure(KAFKA.client(), Await.LIMIT);
        events = new KafkaProducer<>(KAFKA.client(), new StringSerializer(), new ByteArraySerializer());
        Map<String, Object> config = new HashMap<>(KAFKA.client());
        config.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, topics.namespace() + "-deltas");
        deltas = new KafkaProducer<>(config, new StringSerializer(), new ByteArraySerializer());
        registry = new StubRegistry(folder.resolve("registry"));
    }

    @BeforeEach
    void begin() throws IOException {
        deltas.initTransactions();
        champion("1", 10);
    }

    @AfterEach
    void close() {
        events.close();
        deltas.close();
        registry.close();
    }

    private void champion(String version, long step) throws IOException {
        version(version, step);
        registry.champion(version);
    }

    /** A version whose numbers are its step. */
    private void version(String version, long step) throws IOException {
        Path snapshot = Files.createDirectories(folder.resolve("registry/v" + version));
        float score = step;
        Files.write(
                snapshot.resolve("table.json"),
                Json.write(new FakeModel.Table(Map.of("a", score, "b", score), Map.of("a", 2L, "b", 1L), Map.of())));
        var manifest = new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                "ctr",
                base.isEmpty() ? Optional.empty() : Optional.of(base),
                Instant.now(),
                step,
                step,
                Map.of("samples-0", step),
                Optional.empty(),
                step,
                Optional.empty(),
                Optional.empty(),
                1,
                Map.of(),
                "hash",
                "unknown",
                Map.of(),
                Map.of(),
                SnapshotFolder.digests(snapshot));
        Files.write(snapshot.resolve(SnapshotManifest.FILE_NAME), Json.write(manifest));
        base = SnapshotFolder.id(snapshot);
        baseStep = step;
        written = Math.max(written, step);
        registry.put(version, snapshot);
    }

    /** Gives away the epoch of a step, which contains everything since {@code from}. */
    private void epoch(long from, long step) {
        deltas.beginTransaction();
        Stamp stamp = new Stamp(step, INCARNATION, Stamp.base(base));
        for (String item : List.of("a", "b")) {
            send("items|" + item, stamp, Long.toString(step).getBytes(StandardCharsets.UTF_8));
        }
        var marker = new EpochMarker(
                EpochMarker.FORMAT_VERSION,
                "ctr",
                base,
                baseStep,
                from,
                step,
                2,
                step,
                new TreeMap<>(Map.of("samples-0", step)),
                Optional.of(Instant.now()),
                List.of(new EpochMarker.Arrival(System.currentTimeMillis() - 2_000, 3)),
                Instant.now());
        send(EpochMarker.key(step), stamp, Json.write(marker));
        deltas.commitTransaction();
        written = step;
    }

    private void epoch() {
        epoch(written, written + 1);
    }

    private void send(String key, Stamp stamp, byte[] content) {
        var unused =
                deltas.send(new ProducerRecord<>(topics.deltas("ctr"), key, DeltaEnvelope.seal(key, stamp, content)));
    }

    private void happens(Kind kind, String version) {
        var event = new RegistryEvent(
                kind, "ctr", version, Optional.empty(), "rule", "because", Instant.now(), Map.of("number", "1"));
        var unused = events.send(new ProducerRecord<>(topics.registryEvents(), "ctr", Json.write(event)));
        events.flush();
    }

    private RunningServing serving() {
        return RunningServing.follow(
                folder.resolve("data"),
                registry.url(),
                Map.of("kafka.bootstrap-servers", KAFKA.bootstrapServers(), "namespace", topics.namespace()),
                TwoNumbers::load);
    }

    private static void await(RunningServing serving, long epoch) {
        Await.until("epoch " + epoch + " answers", () -> serving.service()
                .currentReached()
                .filter(reached -> reached.epoch() == epoch)
                .isPresent());
    }

    /** A model whose parts are its two numbers. */
    private record TwoNumbers(Map<String, Float> scores) implements FollowingModel {

        static FollowingModel load(Path snapshot) {
            try {
                var table = Json.read(Files.readAllBytes(snapshot.resolve("table.json")), FakeModel.Table.class);
                return new TwoNumbers(new HashMap<>(table.scores()));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void apply(DeltaRecord record) {
            scores.put(record.part(), Float.parseFloat(new String(record.content(), StandardCharsets.UTF_8)));
        }

        @Override
        public RankingModel now() {
            return FakeModel.of(new FakeModel.Table(Map.copyOf(scores), Map.of("a", 2L, "b", 1L), Map.of()));
        }

        @Override
        public void close() {}
    }

    @Test
    void everyAnswerIsOfOneEpochAndNoneIsLostWhileEpochsAndChampionsChange() throws Exception {
        int open = FakeModel.OPEN.get();
        ExecutorService threads = Executors.newFixedThreadPool(3);
        var done = new AtomicBoolean();
        try (var serving = serving().await("1")) {
            List<Future<Integer>> users = new ArrayList<>();
            for (int user = 0; user < 3; user++) {
                users.add(threads.submit(() -> ask(serving, done)));
            }
            for (int round = 2; round <= 5; round++) {
                for (int step = 0; step < 5; step++) {
                    epoch();
                }
                await(serving, written);
                champion(Integer.toString(round), written);
                epoch();
                serving.await(Integer.toString(round));
                await(serving, written);
            }
            done.set(true);
            for (Future<Integer> user : users) {
                assertThat(user.get(4, TimeUnit.MINUTES)).isPositive();
            }
            assertThat(serving.get("/metrics").body())
                    .contains("coldstream_serving_epoch " + written + ".0")
                    .contains("coldstream_serving_delta_epochs_total{outcome=\"gap\"} 0.0")
                    .containsPattern("coldstream_event_to_servable_seconds_count (6|7)[0-9]");
        } finally {
            done.set(true);
            threads.shutdownNow();
        }
        assertThat(FakeModel.USED_AFTER_CLOSE).hasValue(0);
        assertThat(FakeModel.OPEN).hasValue(open);
    }

    /** Both numbers have to be those of the epoch that the answer names, which never falls. */
    private static int ask(RunningServing serving, AtomicBoolean done) {
        int answers = 0;
        long before = 0;
        do {
            var answer = serving.get("/v1/recommendations?user=ann&k=2");
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode body = json(answer);
            long epoch = body.path("model").path("epoch").asLong();
            assertThat(body.path("items").findValuesAsText("score"))
                    .hasSize(2)
                    .allSatisfy(score -> assertThat(Double.parseDouble(score)).isEqualTo((double) epoch));
            assertThat(epoch).isGreaterThanOrEqualTo(before);
            before = epoch;
            answers++;
        } while (!done.get());
        return answers;
    }

    @Test
    void aGapIsCountedAndTheNextChampionHealsIt() throws Exception {
        try (var serving = serving().await("1")) {
            epoch();
            await(serving, 11);
            epoch(15, 20);
            Await.until("the gap is counted", () -> serving.get("/metrics")
                    .body()
                    .contains("coldstream_serving_delta_epochs_total{outcome=\"gap\"} 1.0"));
            epoch();
            assertThat(serving.service().currentReached().orElseThrow().epoch()).isEqualTo(11);

            champion("2", 21);
            epoch();

            await(serving, 22);
        }
    }

    @Test
    void whileACanaryAnswersSomeUsersTheOthersHaveTheChampionAsItWasPublished() throws Exception {
        try (var serving = serving().await("1")) {
            epoch();
            await(serving, 11);
            version("2", 11);
            registry.tag("2", "canary_share", "0.5");
            registry.alias("canary", "2");
            await(serving, 10);
            epoch();

            registry.removeAlias("canary");

            await(serving, 12);
        }
    }

    @Test
    void aVersionKeptBackTakesUsersBackToTheChampionUntilTheNextPromotion() {
        try (var serving = serving().await("1")) {
            epoch();
            await(serving, 11);
            happens(Kind.KEPT, "2");
            await(serving, 10);
            epoch();
            happens(Kind.PROMOTED, "1");
            await(serving, 12);
        }
    }
}
