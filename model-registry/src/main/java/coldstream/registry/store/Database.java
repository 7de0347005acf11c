package coldstream.registry.store;

import coldstream.service.Secret;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The SQL database: an H2 file that is written at every commit, or what a JDBC URL names. Its schema is brought up to date. */
public final class Database implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final String SCRIPTS = "classpath:coldstream/registry/store/schema";
    private static final int MAX_CONNECTIONS = 10;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String FILE_OPTIONS =
            ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE;WRITE_DELAY=0";

    private final HikariDataSource connections;
    private final Jdbi jdbi;
    private final boolean embedded;

    private Database(HikariDataSource connections, boolean embedded) {
        this.connections = connections;
        this.jdbi = Jdbi.create(connections);
        this.embedded = embedded;
    }

    /** @throws UncheckedIOException in one line, if it cannot be opened */
    public static Database open(DatabaseConfig config) {
        var pool = new HikariConfig();
        pool.setPoolName("registry");
        pool.setJdbcUrl(config.url().orElseGet(() -> fileUrl(config.folder())));
        pool.setUsername(config.user().orElse(""));
        pool.setPassword(config.password().map(Secret::reveal).orElse(""));
        pool.setMaximumPoolSize(MAX_CONNECTIONS);
        pool.setMinimumIdle(1);
        pool.setConnectionTimeout(PATIENCE.toMillis());
        HikariDataSource connections = null;
        try {
            connections = new HikariDataSource(pool);
            var database = new Database(connections, config.url().isEmpty());
            database.migrate();
            return database;
        } catch (PoolInitializationException | FlywayException | JdbiException e) {
            if (connections != null) {
                connections.close();
            }
            throw new UncheckedIOException(
                    new IOException("the registry's database must open, got " + firstLine(innermost(e))));
        }
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
        String url = connections.getJdbcUrl();
        connections.close();
        if (!embedded) {
            return;
        }
        try (Connection connection = DriverManager.getConnection(url, "", "");
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

    /** A database from before there was a history of scripts has had the first; tables of others count as none of ours. */
    private void migrate() {
        Flyway.configure()
                .dataSource(connections)
                .locations(SCRIPTS)
                .baselineOnMigrate(true)
                .baselineVersion(hasFirstScript() ? "1" : "0")
                .load()
                .migrate();
    }

    private boolean hasFirstScript() {
        try {
            return jdbi.withHandle(handle ->
                    handle.createQuery("SELECT count(*) FROM schema_version WHERE script = 'V1__registry.sql'")
                                    .mapTo(Integer.class)
                                    .one()
                            > 0);
        } catch (JdbiException e) {
            return false; // there is no such table, or it is somebody else's
        }
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
