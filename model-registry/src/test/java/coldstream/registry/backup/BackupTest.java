package coldstream.registry.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.registry.RegistryRestore;
import coldstream.registry.RegistryService;
import coldstream.registry.RunningRegistry;
import coldstream.registry.Snapshots;
import coldstream.registry.store.PostgresServer;
import coldstream.service.Settings;
import coldstream.wire.RegistryClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {

    private final Path folder;

    BackupTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatIsRestoredAnswersAsBefore() throws IOException {
        Path file = folder.resolve("registry.zip");
        List<String> before;
        try (var registry = RunningRegistry.start(folder.resolve("data"), Map.of("registry.keep-versions", "2"))) {
            fill(registry);
            before = answers(registry);
            registry.client().backup(file);
        }

        restore(file, Map.of("data-directory", folder.resolve("other").toString()));

        try (var registry = RunningRegistry.start(folder.resolve("other"), Map.of("registry.keep-versions", "2"))) {
            assertThat(answers(registry)).isEqualTo(before);
            registry.client().download("ctr", "3", folder.resolve("copy"));
            assertThat(folder.resolve("copy/dense.safetensors")).hasContent("content 3");
            Path next = Snapshots.write(folder.resolve("next"), "content 4", 0.8);
            assertThat(registry.client().publish("ctr", next)).isEqualTo("4");
            assertThat(registry.client().events("ctr")).hasSizeGreaterThan(9);
        }
    }

    @Test
    @Tag("integration")
    void aBackupOfTheEmbeddedDatabaseMovesToPostgresAndBack() throws Exception {
        Optional<PostgresServer> started = PostgresServer.start();
        Assumptions.assumeTrue(started.isPresent(), PostgresServer.ABSENT);
        try (PostgresServer postgres = started.get()) {
            Path file = folder.resolve("registry.zip");
            List<String> before;
            try (var registry = RunningRegistry.start(folder.resolve("data"))) {
                fill(registry);
                before = answers(registry);
                registry.client().backup(file);
            }
            Map<String, String> settings = new HashMap<>(Map.of(
                    "data-directory", folder.resolve("other").toString(),
                    "registry.jdbc-url", postgres.newDatabase().url().orElseThrow(),
                    "registry.jdbc-user", "registry"));
            restore(file, settings);

            Path back = folder.resolve("back.zip");
            try (var registry = RunningRegistry.start(folder.resolve("other"), settings)) {
                assertThat(answers(registry)).isEqualTo(before);
                registry.client().backup(back);
            }
            restore(back, Map.of("data-directory", folder.resolve("third").toString()));
            try (var registry = RunningRegistry.start(folder.resolve("third"))) {
                assertThat(answers(registry)).isEqualTo(before);
            }
        }
    }

    @Test
    void aBackupTakenWhileVersionsComeAndGoIsWhole() throws Exception {
        try (var registry = RunningRegistry.start(folder.resolve("data"), Map.of("registry.keep-versions", "1"))) {
            fill(registry);
            ExecutorService threads = Executors.newFixedThreadPool(1);
            Future<?> publishing = threads.submit(() -> {
                for (int i = 10; i < 22; i++) {
                    registry.client().publish("ctr", Snapshots.write(folder.resolve("s" + i), "content " + i, 0.8));
                }
            });
            List<Path> backups = new ArrayList<>();
            do {
                backups.add(folder.resolve("backup" + backups.size() + ".zip"));
                registry.client().backup(backups.get(backups.size() - 1));
            } while (!publishing.isDone());
            publishing.get(4, TimeUnit.MINUTES);
            threads.shutdown();

            Path one = backups.get(backups.size() / 2);
            restore(one, Map.of("data-directory", folder.resolve("other").toString()));
        }
        try (var registry = RunningRegistry.start(folder.resolve("other"))) {
            RegistryClient client = registry.client();
            String champion = client.alias("ctr", "champion").orElseThrow();
            client.download("ctr", champion, folder.resolve("copy"));
        }
    }

    @Test
    void aTornChangedOrSwollenBackupIsRefusedAndNothingIsThere() throws IOException {
        Path file = folder.resolve("registry.zip");
        try (var registry = RunningRegistry.start(folder.resolve("data"))) {
            fill(registry);
            registry.client().backup(file);
        }
        byte[] whole = Files.readAllBytes(file);
        Path torn = folder.resolve("torn.zip");
        Files.write(torn, java.util.Arrays.copyOf(whole, whole.length / 2));

        assertRefused(torn, "a backup must be a whole zip file");
        assertRefused(with(file, "complete.json", Optional.empty()), "a backup must hold complete.json");
        assertRefused(with(file, "dense.safetensors", Optional.of("CONTENT 3")), "must have sha256");
        assertRefused(with(file, "dense.safetensors", Optional.of("x".repeat(1 << 20))), "at most 9 bytes");
        assertRefused(with(file, "rows/items.safetensors", Optional.empty()), "a backup must hold snapshots/");
    }

    @Test
    void aRegistryThatIsNotEmptyIsNotOverwritten() throws IOException {
        Path file = folder.resolve("registry.zip");
        try (var registry = RunningRegistry.start(folder.resolve("data"))) {
            fill(registry);
            registry.client().backup(file);
        }

        assertThatThrownBy(() -> restore(
                        file, Map.of("data-directory", folder.resolve("data").toString())))
                .hasMessage("a backup must be restored into an empty registry, got one with models or a past");
    }

    private void fill(RunningRegistry registry) {
        for (int i = 1; i <= 3; i++) {
            registry.client().publish("ctr", Snapshots.write(folder.resolve("s" + i), "content " + i, 0.8));
            registry.client().setAlias("ctr", "pinned", "1");
        }
        registry.post(
                "/api/2.0/mlflow/model-versions/set-tag",
                "{\"name\":\"ctr\",\"version\":\"1\",\"key\":\"k\",\"value\":\"it's \\\"quoted\\\"\\n\"}");
        registry.post(
                "/api/2.0/mlflow/webhooks",
                "{\"name\":\"hook\",\"url\":\"https://example.com/\",\"events\":[\"registered_model.created\"],"
                        + "\"secret\":\"s3cret\"}");
    }

    private static List<String> answers(RunningRegistry registry) {
        return List.of(
                registry.get("/api/2.0/mlflow/registered-models/search").body(),
                registry.get("/api/2.0/mlflow/model-versions/search").body(),
                registry.get("/v1/models/ctr/events").body(),
                registry.get("/api/2.0/mlflow/webhooks").body(),
                registry.get("/api/2.0/mlflow-artifacts/artifacts?path=snapshots")
                        .body());
    }

    private static void restore(Path file, Map<String, String> settings) throws IOException {
        RegistryRestore.restore(Settings.of(RegistryService.settings(), settings), file);
    }

    private void assertRefused(Path file, String why) throws IOException {
        Path data = Files.createTempDirectory(folder, "refused");
        assertThatThrownBy(() -> restore(file, Map.of("data-directory", data.toString())))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
        try (var registry = RunningRegistry.start(data)) {
            assertThat(registry.get("/api/2.0/mlflow/model-versions/search").body())
                    .isEqualTo("{\"model_versions\":[]}");
        }
    }

    /** The same zip with the entries of this ending replaced, or left out. */
    private Path with(Path file, String ending, Optional<String> content) throws IOException {
        Path changed = Files.createTempFile(folder, "changed", ".zip");
        try (var zip = new ZipFile(file.toFile());
                var out = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
                boolean other = entry.getName().endsWith(ending);
                if (other && content.isEmpty()) {
                    continue;
                }
                out.putNextEntry(new ZipEntry(entry.getName()));
                if (other) {
                    out.write(content.orElseThrow().getBytes(java.nio.charset.StandardCharsets.UTF_8));
                } else {
                    copy(zip.getInputStream(entry), out);
                }
                out.closeEntry();
            }
        }
        return changed;
    }

    private static void copy(InputStream in, OutputStream out) throws IOException {
        try (in) {
            in.transferTo(out);
        }
    }
}
