package coldstream.registry.mlflow;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coldstream.registry.store.DatabaseConfig;
import coldstream.registry.store.PostgresServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/** The contract over a real PostgreSQL, where one is installed; else skipped. */
@Tag("integration")
final class PostgresRegistryTest extends RegistryContract {

    private static Optional<PostgresServer> server = Optional.empty();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = PostgresServer.start();
        assumeTrue(server.isPresent(), PostgresServer.ABSENT);
    }

    @AfterAll
    static void stop() throws IOException, InterruptedException {
        if (server.isPresent()) {
            server.get().close();
        }
    }

    @Override
    DatabaseConfig empty() throws SQLException {
        return server.orElseThrow().newDatabase();
    }
}
