package coldstream.app.drift;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Action.Outcome;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.StratumMetrics;
import coldstream.monitor.action.ActionConfig;
import coldstream.monitor.action.ActionKind;
import coldstream.monitor.action.Responses;
import coldstream.monitor.action.RollBack;
import coldstream.registry.RegistryService;
import coldstream.service.Settings;
import coldstream.testkit.Await;
import coldstream.wire.Json;
import coldstream.wire.PromotionClient;
import coldstream.wire.RegistryClient;
import coldstream.wire.SnapshotFolder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An alarm rolls the champion back in a registry that listens and is locked. */
class RollBackTest {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String TOKEN = "s3cret";

    private final Path folder;
    private final RegistryService service;
    private final RegistryClient registry;
    private final PromotionClient promotion;
    private final ConcurrentLinkedQueue<DriftAlert.Action> told = new ConcurrentLinkedQueue<>();

    RollBackTest(@TempDir Path folder) throws IOException {
        this.folder = folder;
        service = RegistryService.create(
                Settings.of(
                        RegistryService.settings(),
                        Map.of(
                                "data-directory", folder.resolve("data").toString(),
                                "registry.port", "0",
                                "registry.token", TOKEN,
                                "registry.approval", "true",
                                "kafka.bootstrap-servers", "127.0.0.1:1")),
                new SimpleMeterRegistry());
        service.start();
        registry = new RegistryClient(url(), Optional.of(TOKEN));
        promotion = client(TOKEN);
        publish("one");
        publish("two");
        promotion.promote("ctr", "1", Optional.empty(), "the first");
        promotion.promote("ctr", "2", Optional.empty(), "newer");
    }

    private URI url() {
        return URI.create("http://127.0.0.1:" + service.port());
    }

    private PromotionClient client(String token) {
        return new PromotionClient(url(), Optional.of(token), 1, Duration.ZERO, "coldstream-drift");
    }

    private void publish(String content) throws IOException {
        Path snapshot = Files.createDirectories(folder.resolve(content));
        Files.writeString(snapshot.resolve("dense.safetensors"), content);
        var overall = new StratumMetrics(0.8, 0.79, 0.81, 0.5, 1_000);
        var manifest = new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                "ctr",
                Optional.empty(),
                NOON,
                7,
                8,
                Map.of("coldstream.samples.v1-0", (long) content.length()),
                Optional.empty(),
                1_000,
                Optional.empty(),
                Optional.empty(),
                42,
                Map.of("backbone", "dcnv2", "seed", "42"),
                "hash",
                "unknown",
                Map.of("overall", overall),
                Map.of("overall", overall),
                SnapshotFolder.digests(snapshot));
        Files.write(snapshot.resolve(SnapshotManifest.FILE_NAME), Json.write(manifest));
        registry.publish("ctr", snapshot);
    }

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void theChampionBeforeServesAgainOnceAndTheRegistrySaysWhy() {
        DriftAlert alert = alert(10, "2");
        assertThat(done(alert, "wrong").outcome()).as("without the role").isEqualTo(Outcome.FAILED);
        assertThat(done(alert(20, "1"), TOKEN).detail())
                .isEqualTo("nothing rolled back: the alarm is of version 1, champion is 2");
        assertThat(registry.alias("ctr", "champion")).contains("2");

        DriftAlert.Action action = done(alert, TOKEN);

        assertThat(action.outcome()).isEqualTo(Outcome.ENDED);
        assertThat(action.detail()).isEqualTo("rolled back from version 2 to 1");
        assertThat(registry.alias("ctr", "champion")).contains("1");
        assertThat(registry.events("ctr"))
                .filteredOn(event -> event.kind() == Kind.ROLLED_BACK)
                .singleElement()
                .satisfies(event -> assertThat(event.toString()).contains(alert.alertId(), "coldstream-drift"));
        assertThat(done(alert(30, "1"), TOKEN).detail())
                .isEqualTo("nothing rolled back: there is no champion before 1");
    }

    /** Opens an alert and waits for what becomes of it. */
    private DriftAlert.Action done(DriftAlert alert, String token) {
        told.clear();
        ActionConfig config =
                ActionConfig.from(Settings.of(ActionConfig.SETTINGS, Map.of("drift.rules", "outcome=roll-back")));
        try (var responses = new Responses(
                config, Map.of(ActionKind.ROLL_BACK, new RollBack(client(token), "ctr")), InstantSource.system())) {
            responses.begin(List.of(), (id, action) -> told.add(action));
            assertThat(responses.opened(alert))
                    .extracting(DriftAlert.Action::outcome)
                    .containsExactly(Outcome.PENDING);
            return Await.value("an end", LIMIT, () -> Optional.ofNullable(told.poll()));
        }
    }

    private static DriftAlert alert(long step, String version) {
        return new DriftAlert(
                DriftAlert.id("ctr", "outcome", "auc", "overall", "adwin", step),
                "ctr",
                "trainer",
                DriftAlert.State.OPEN,
                "outcome",
                "auc",
                "overall",
                "adwin",
                0.5,
                0.25,
                0.75,
                0.125,
                new DriftAlert.Window(NOON.minusSeconds(60), NOON, 500),
                Optional.of(version),
                Optional.of(version),
                step,
                new TreeMap<>(),
                new TreeMap<>(),
                DriftAlert.Severity.CRITICAL,
                "auc fell",
                List.of(),
                NOON,
                NOON);
    }
}
