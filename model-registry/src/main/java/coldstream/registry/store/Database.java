package coldstream.registry.store;

import coldstream.service.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SQL database: an H2 file that is written at every commit, or what a JDBC URL names. Its schema is brought up to date. */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    /** Scripts in order; a script that was ever released is never changed. */
    private static final List<String> SCRIPTS = List.of("V1__registry.sql");

    private static final String FILE_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";

    private final Jdbi jdbi;
    private final boolean embedded;

    private Database(Jdbi jdbi, boolean embedded) {
        this.jdbi = jdbi;
        this.embedded = embedded;
    }

    /** @throws UncheckedIOException in one line, if it cannot be opened */
    public static Database open(DatabaseConfig config) {
        String url = config.url().orElseGet(() -> fileUrl(config.folder()));
        Jdbi jdbi = Jdbi.create(
                url,
                config.user().orElse(""),
                config.password().map(Secret::reveal).orElse(""));
        try {
            jdbi.useHandle(Database::migrate);
        } catch (JdbiException e) {
            String reason = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            throw new UncheckedIOException(
                    new IOException("the registry's database must open, got " + firstLine(String.valueOf(reason))));
        }
        return new Database(jdbi, config.url().isEmpty());
    }

    public Jdbi jdbi() {
        return jdbi;
    }

    public boolean answers() {
        try {
            return jdbi.withHandle(handle ->
                    handle.createQuery("SELECT 1").mapTo(Integer.class).one() == 1);
        } catch (JdbiException e) {
            return false;
        }
    }

    @Override
    public void close() {
        if (!embedded) {
            return;
        }
        // Plain JDBC: the statement ends with its connection gone, which JDBI takes for a failure.
        try (Connection connection = jdbi.open().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SHUTDOWN");
        } catch (SQLException e) {
            LOG.atWarn().addKeyValue("why", String.valueOf(e.getMessage())).log("database did not close in order");
        }
    }

    private static String fileUrl(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + folder, e);
        }
        return "jdbc:h2:file:" + folder.resolve("registry") + FILE_OPTIONS;
    }

    private static void migrate(Handle handle) {
        handle.execute("CREATE TABLE IF NOT EXISTS schema_version (script VARCHAR(200) PRIMARY KEY)");
        for (String script : SCRIPTS) {
            handle.useTransaction(transaction -> {
                boolean done = transaction
                                .createQuery("SELECT count(*) FROM schema_version WHERE script = :script")
                                .bind("script", script)
                                .mapTo(Integer.class)
                                .one()
                        > 0;
                if (!done) {
                    transaction.createScript(read(script)).execute();
                    transaction.execute("INSERT INTO schema_version (script) VALUES (?)", script);
                }
            });
        }
    }

    private static String read(String script) {
        try (InputStream in = Database.class.getResourceAsStream("schema/" + script)) {
            if (in == null) {
                throw new AssertionError("every schema script is a resource, missing " + script);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + script, e);
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
