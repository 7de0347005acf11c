package coldstream.serving;

import static coldstream.serving.RunningServing.json;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.testkit.Await;
import coldstream.testkit.KafkaExtension;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

@Tag("integration")
class ChampionFollowerTest {

    @RegisterExtension
    static final KafkaExtension KAFKA = new KafkaExtension();

    private final Path folder;

    ChampionFollowerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void followsTheChampionAndTellsItsListeners() throws IOException {
        List<String> swaps = new CopyOnWriteArrayList<>();
        try (var registry = registry(1, 2);
                var serving = serving(registry)) {
            serving.service()
                    .onSwap((version, manifest, at) -> swaps.add(version + " of " + manifest.samples() + " samples"));
            registry.champion("1");
            serving.await("1");
            registry.champion("2");
            serving.await("2");
            registry.champion("1");
            serving.await("1");

            Await.until("every swap was told", () -> swaps.size() == 3);
            assertThat(swaps).containsExactly("1 of 123 samples", "2 of 123 samples", "1 of 123 samples");
            assertThat(serving.service().currentManifest().orElseThrow().model())
                    .isEqualTo("ctr");
        }
    }

    @Test
    void noRequestFailsWhileAHundredVersionsAreSwappedUnderLoad() throws Exception {
        int before = FakeModel.OPEN.get();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        var done = new AtomicBoolean();
        try (var registry = registry(1, 2, 3);
                var serving = serving(registry)) {
            registry.champion("1");
            serving.await("1");
            List<Future<Integer>> users = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                users.add(threads.submit(() -> ask(serving, done)));
            }
            for (int swap = 0; swap < 100; swap++) {
                String next = Integer.toString(1 + (swap + 1) % 3);
                registry.champion(next);
                serving.await(next);
            }
            done.set(true);
            for (Future<Integer> user : users) {
                assertThat(user.get(4, TimeUnit.MINUTES)).isPositive();
            }
            assertThat(serving.get("/metrics").body())
                    .contains("coldstream_serving_swaps_total{outcome=\"swapped\"} 101.0")
                    .contains("coldstream_serving_swaps_total{outcome=\"failed\"} 0.0");
        } finally {
            threads.shutdownNow();
        }
        assertThat(FakeModel.USED_AFTER_CLOSE).hasValue(0);
        assertThat(FakeModel.OPEN).hasValue(before);
    }

    /** Every answer must be 200 and made by one version throughout: its scores are its version's. */
    private static int ask(RunningServing serving, AtomicBoolean done) {
        int answers = 0;
        do {
            HttpResponse<String> answer = serving.get("/v1/recommendations?user=ann&k=3");
            assertThat(answer.statusCode()).isEqualTo(200);
            JsonNode body = json(answer);
            double version = body.path("model").path("version").asDouble();
            body.path("items")
                    .forEach(item -> assertThat(item.path("score").asDouble()).isEqualTo(version));
            answers++;
        } while (!done.get());
        return answers;
    }

    @Test
    void aDamagedChampionIsCountedAndTheOneBeforeGoesOnUntilItIsRepaired() throws IOException {
        try (var registry = registry(1);
                var serving = serving(registry)) {
            registry.champion("1");
            serving.await("1");
            Path damaged = registry.add("2", table(2));
            byte[] good = Files.readAllBytes(damaged.resolve("table.json"));
            Files.writeString(damaged.resolve("table.json"), "x".repeat(good.length));

            registry.champion("2");

            awaitFailure(serving);
            assertThat(serving.service().currentVersion()).contains("1");
            assertThat(serving.get("/v1/recommendations?user=ann").statusCode()).isEqualTo(200);
            Files.write(damaged.resolve("table.json"), good);
            serving.await("2");
        }
    }

    /** It is tried again and again, so that the count may have gone on when it is looked at. */
    private static void awaitFailure(RunningServing serving) {
        Await.until("the failure is counted", () -> Pattern.compile(
                        "coldstream_serving_swaps_total\\{outcome=\"failed\"} [1-9]")
                .matcher(serving.get("/metrics").body())
                .find());
    }

    @Test
    void aChampionThatCannotBeLoadedChangesNothing() throws IOException {
        try (var registry = registry(1);
                var serving = serving(registry)) {
            registry.champion("1");
            serving.await("1");
            registry.add("2", new FakeModel.Table(Map.of("a", Float.NaN), Map.of("a", 1L), Map.of()));

            registry.champion("2");

            awaitFailure(serving);
            assertThat(serving.service().currentVersion()).contains("1");
        }
    }

    @Test
    void theRegistryGoingAwayChangesNothingAndServingStartsWithoutItFromWhatItHas() throws IOException {
        int port;
        try (var registry = registry(1)) {
            port = registry.port();
            registry.champion("1");
            try (var serving = serving(registry)) {
                serving.await("1");
                registry.close();
                assertThat(serving.get("/v1/recommendations?user=ann").statusCode())
                        .isEqualTo(200);
                assertThat(serving.service().ready()).isTrue();
            }
            try (var again = serving(registry)) {
                again.await("1");
            }
        }
        try (var registry = new StubRegistry(folder.resolve("registry"), port);
                var serving = serving(registry)) {
            registry.add("2", table(2));
            registry.champion("2");
            serving.await("2");
        }
    }

    @Test
    void whatServedBeforeIsNotServedWhenTheRegistrySaysThereIsNoChampion() throws IOException {
        try (var registry = registry(1);
                var serving = serving(registry)) {
            registry.champion("1");
            serving.await("1");
        }
        try (var empty = new StubRegistry(folder.resolve("registry2"));
                var serving = serving(empty)) {
            assertThat(serving.get("/v1/recommendations?user=ann").statusCode()).isEqualTo(503);
            empty.add("1", table(9)); // the same number, another snapshot
            empty.champion("1");
            serving.await("1");
            assertThat(json(serving.get("/v1/recommendations?user=ann"))
                            .path("items")
                            .path(0)
                            .path("score")
                            .asDouble())
                    .isEqualTo(9);
        }
    }

    @Test
    void onlyTheLastTwoSnapshotsStayOnDisk() throws IOException {
        try (var registry = registry(1, 2, 3);
                var serving = serving(registry)) {
            for (String version : List.of("1", "2", "3")) {
                registry.champion(version);
                serving.await(version);
            }
            Await.until("the first is gone", () -> {
                try (var kept = Files.list(folder.resolve("data/serving/ctr"))) {
                    return kept.filter(Files::isDirectory).count() == 2;
                }
            });
        }
    }

    @Test
    void anEventOfTheRegistryMakesItLookAtOnce() throws Exception {
        String namespace = KAFKA.namespace();
        new TopicSetup(new Topics(namespace), "ctr", 1, 1).ensure(KAFKA.client(), Await.LIMIT);
        Map<String, String> settings = Map.of(
                "serving.poll-interval",
                "1h",
                "namespace",
                namespace,
                "kafka.bootstrap-servers",
                KAFKA.bootstrapServers());
        try (var registry = registry(1);
                var serving = RunningServing.start(folder.resolve("data"), registry.url(), settings);
                var producer = new KafkaProducer<>(KAFKA.client(), new StringSerializer(), new ByteArraySerializer())) {
            registry.champion("1");
            var event = new RegistryEvent(
                    Kind.PROMOTED, "ctr", "1", Optional.of("champion"), "rule", "better", Instant.now(), Map.of());
            Await.until("the event is heard", () -> {
                producer.send(new ProducerRecord<>(new Topics(namespace).registryEvents(), "ctr", Json.write(event)))
                        .get(4, TimeUnit.MINUTES);
                return serving.service().currentVersion().isPresent();
            });
        }
    }

    private RunningServing serving(StubRegistry registry) {
        return RunningServing.start(folder.resolve("data"), registry.url(), Map.of());
    }

    private StubRegistry registry(int... versions) throws IOException {
        var registry = new StubRegistry(folder.resolve("registry"));
        for (int version : versions) {
            registry.add(Integer.toString(version), table(version));
        }
        return registry;
    }

    /** Every item scores the version's number. */
    private static FakeModel.Table table(int version) {
        float score = version;
        return new FakeModel.Table(
                Map.of("a", score, "b", score, "c", score), Map.of("a", 3L, "b", 2L, "c", 1L), Map.of());
    }
}
