package coldstream.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.registry.RegistryService;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.testkit.Await;
import coldstream.trainer.OnlineTrainer;
import coldstream.wire.Json;
import coldstream.wire.PromotionClient;
import coldstream.wire.PromotionView;
import coldstream.wire.RegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A snapshot whose weights are noise is published by hand and let loose, first on a share of the users, then on all. The
 * registry and the trainer are the real ones, over a real broker: only what the trainer's judge measures can save the users.
 */
@Tag("integration")
class BadSnapshotTest {

    private static final Duration LIMIT = Await.LIMIT;
    private static final String MODEL = "ctr";

    private final Path folder;
    private @Nullable SampleStream stream;

    BadSnapshotTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void evidenceTakesABrokenSnapshotBackFromCanaryAndFromChampion() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE);
                RegistryService service = RegistryService.create(
                        settings(RegistryService.settings(), kafka, Map.of("registry.promote", "false")),
                        new SimpleMeterRegistry())) {
            service.start();
            URI url = URI.create("http://127.0.0.1:" + service.port());
            var registry = new RegistryClient(url, Optional.empty());
            var promotion = new PromotionClient(url, Optional.empty(), 3, Duration.ofMillis(50), "ada");
            try (OnlineTrainer trainer = trainer(kafka, url);
                    SampleStream samples = new SampleStream(kafka.bootstrapServers())) {
                stream = samples;
                trainer.start();
                samples.catalogue();
                Await.until("a first version", LIMIT, () -> {
                    more(trainer, 500);
                    return registry.alias(MODEL, "challenger").isPresent();
                });
                String good = registry.alias(MODEL, "challenger").orElseThrow();
                promotion.promote(MODEL, good, Optional.empty(), "the first");
                String bad = publishNoise(registry, good);

                promotion.promote(MODEL, bad, Optional.of(0.2), "what could go wrong");
                assertThat(registry.alias(MODEL, "canary")).contains(bad);
                RegistryEvent canary = rolledBack(registry, trainer, "canary");

                assertThat(canary.version()).isEqualTo(bad);
                assertThat(promotion.promotion(MODEL).canary()).isEmpty();
                itSaysWhy(canary, bad, good);

                registry.setAlias(MODEL, "champion", bad);
                assertThat(promotion.promotion(MODEL).previous()).contains(good);
                RegistryEvent champion = rolledBack(registry, trainer, "champion");

                assertThat(champion.version()).isEqualTo(good);
                itSaysWhy(champion, bad, good);
                PromotionView after = promotion.promotion(MODEL);
                assertThat(after.champion()).contains(good);
                assertThat(after.coolDown()).isPresent();
                kafkaWasTold(kafka, champion);
                assertThat(trainer.failure()).isEmpty();
            }
        }
    }

    /** More events come in until the registry has taken the version back. */
    private RegistryEvent rolledBack(RegistryClient registry, OnlineTrainer trainer, String alias) {
        return Await.value("the broken snapshot leaves " + alias, LIMIT, () -> {
            more(trainer, 200);
            return registry.events(MODEL).stream()
                    .filter(event ->
                            event.kind() == Kind.ROLLED_BACK && event.alias().equals(Optional.of(alias)))
                    .findFirst();
        });
    }

    private void more(OnlineTrainer trainer, int count) {
        SampleStream samples = Objects.requireNonNull(stream);
        if (!samples.isFarAhead(trainer.samplesTrained())) {
            samples.samples(count);
        }
    }

    private static void itSaysWhy(RegistryEvent event, String bad, String good) {
        assertThat(event.who()).isEqualTo("promotion rule");
        assertThat(event.why()).contains("worse in overall: ");
        assertThat(event.details()).containsEntry("arm", bad).containsEntry("baseline", good);
        assertThat(Double.parseDouble(event.details().getOrDefault("overall.difference_high", "")))
                .isLessThan(-0.015);
        assertThat(event.details().keySet()).anyMatch(name -> name.startsWith("from_offset.coldstream.samples.v1-"));
    }

    private String publishNoise(RegistryClient registry, String version) throws Exception {
        Path copy = folder.resolve("noise");
        registry.download(MODEL, version, copy);
        NoisedSnapshot.make(copy);
        return registry.publish(MODEL, copy);
    }

    private OnlineTrainer trainer(EmbeddedKafka kafka, URI registry) {
        return OnlineTrainer.create(
                settings(
                        OnlineTrainer.settings(),
                        kafka,
                        Map.of(
                                "registry.url", registry.toString(),
                                "trainer.port", "0",
                                "trainer.device", "cpu",
                                "trainer.batch-size", "64",
                                "trainer.linger", "20ms",
                                "trainer.snapshot-samples", "4000",
                                "trainer.snapshot-interval", "1h",
                                "trainer.judge-share", "1",
                                "trainer.judge-poll", "200ms",
                                "trainer.judge-report", "200ms")),
                new SimpleMeterRegistry());
    }

    private Settings settings(List<Setting<?>> declared, EmbeddedKafka kafka, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of(
                "data-directory", folder.resolve("data").toString(),
                "kafka.bootstrap-servers", kafka.bootstrapServers()));
        if (declared.stream().anyMatch(setting -> setting.key().equals("registry.promote"))) {
            all.put("registry.port", "0");
        }
        all.putAll(more);
        return Settings.of(declared, all);
    }

    /** The decision is an event with CloudEvents' headers. */
    private static void kafkaWasTold(EmbeddedKafka kafka, RegistryEvent decision) {
        Map<String, Object> client = Map.of("bootstrap.servers", kafka.bootstrapServers());
        try (var consumer = new KafkaConsumer<>(client, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor("coldstream.registry-events.v1").stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, byte[]>> told = new ArrayList<>();
            Await.until("kafka is told of " + decision.why(), LIMIT, () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(told::add);
                return told.stream().anyMatch(record -> Json.read(record.value(), RegistryEvent.class)
                        .equals(decision));
            });
            ConsumerRecord<String, byte[]> last = told.stream()
                    .filter(record ->
                            Json.read(record.value(), RegistryEvent.class).equals(decision))
                    .findFirst()
                    .orElseThrow();
            assertThat(header(last, "ce_type")).isEqualTo("coldstream.registry.rolled-back.v1");
            assertThat(header(last, "ce_source")).isEqualTo("/coldstream/model-registry");
            assertThat(header(last, "ce_specversion")).isEqualTo("1.0");
            assertThat(header(last, "ce_time")).isEqualTo(decision.at().toString());
            assertThat(header(last, "ce_id")).matches("\\d+");
            assertThat(header(last, "content-type")).isEqualTo("application/json");
        }
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), UTF_8);
    }
}
