package coldstream.registry.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coldstream.registry.RunningRegistry;
import coldstream.registry.Snapshots;
import coldstream.wire.RegistryClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The registry on a real PostgreSQL, where one is installed; else skipped. */
@Tag("integration")
class PostgresRestartTest {

    private final Path folder;

    PostgresRestartTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void keepsVersionsAliasesAndTheAuditThroughARestart() throws Exception {
        Optional<PostgresServer> started = PostgresServer.start();
        assumeTrue(started.isPresent(), PostgresServer.ABSENT);
        try (PostgresServer postgres = started.get()) {
            Map<String, String> settings =
                    Map.of("registry.jdbc-url", postgres.jdbcUrl(), "registry.jdbc-user", PostgresServer.USER);
            try (var registry = RunningRegistry.start(folder.resolve("data"), settings)) {
                RegistryClient client = registry.client();
                client.publish("ctr", Snapshots.write(folder.resolve("a"), "one", 0.80));
                client.publish("ctr", Snapshots.write(folder.resolve("b"), "two", 0.70));
            }
            try (var registry = RunningRegistry.start(folder.resolve("data"), settings)) {
                RegistryClient client = registry.client();

                assertThat(client.alias("ctr", "champion")).contains("1");
                assertThat(client.alias("ctr", "challenger")).contains("2");
                assertThat(client.publish("ctr", folder.resolve("a"))).isEqualTo("1");
                assertThat(client.events("ctr")).hasSize(6);
                client.setAlias("ctr", "champion", "2");
                client.download("ctr", "2", folder.resolve("copy"));
                assertThat(registry.get("/api/2.0/mlflow/model-versions/search?filter=name%3D%27ctr%27&max_results=1")
                                .body())
                        .contains("\"version\":\"2\"", "\"next_page_token\":\"1\"");
                assertThat(noDatabaseFile()).isTrue();
            }
        }
    }

    private boolean noDatabaseFile() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("data/registry"))) {
            return files.noneMatch(file -> file.toString().endsWith(".db"));
        }
    }
}
