package coldstream.registry.store;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.service.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Databases from before there was a history of scripts: they had the first one, and a table that said so. */
class MigrationTest {

    private final Path folder;

    MigrationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void anEmbeddedDatabaseFromBeforeIsTakenOverWithWhatItHolds() throws IOException {
        String url = "jdbc:h2:file:" + folder.resolve("registry") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE";

        fillAsBefore(Jdbi.create(url, "", ""));

        assertTakenOver(new DatabaseConfig(folder, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    @Tag("integration")
    void aPostgresDatabaseFromBeforeIsTakenOverWithWhatItHolds() throws Exception {
        Optional<PostgresServer> started = PostgresServer.start();
        Assumptions.assumeTrue(started.isPresent(), PostgresServer.ABSENT);
        try (PostgresServer server = started.get()) {
            DatabaseConfig before = server.newDatabase();
            fillAsBefore(jdbi(before));
            assertTakenOver(before);

            DatabaseConfig shared = server.newDatabase();
            jdbi(shared).useHandle(handle -> handle.execute("CREATE TABLE schema_version (other INTEGER)"));
            try (Database database = Database.open(shared)) {
                assertThat(models(database)).isEmpty();
            }
        }
    }

    private static void fillAsBefore(Jdbi jdbi) throws IOException {
        try (InputStream in = Database.class.getResourceAsStream("schema/V1__registry.sql")) {
            String script = new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            jdbi.useHandle(handle -> {
                handle.execute("CREATE TABLE schema_version (script VARCHAR(200) PRIMARY KEY)");
                handle.createScript(script).execute();
                handle.execute("INSERT INTO schema_version (script) VALUES ('V1__registry.sql')");
                handle.execute("INSERT INTO registered_model VALUES ('ctr', 'from before', 0, 1, 2)");
            });
        }
    }

    private static void assertTakenOver(DatabaseConfig config) {
        for (int opened = 0; opened < 2; opened++) {
            try (Database database = Database.open(config)) {
                assertThat(models(database)).containsExactly("from before");
                long owed = database.jdbi().withHandle(WebhookTable::owed);
                assertThat(owed).isZero();
            }
        }
    }

    private static List<String> models(Database database) {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT description FROM registered_model")
                .mapTo(String.class)
                .list());
    }

    private static Jdbi jdbi(DatabaseConfig config) {
        return Jdbi.create(
                config.url().orElseThrow(),
                config.user().orElse(""),
                config.password().map(Secret::reveal).orElse(""));
    }
}
