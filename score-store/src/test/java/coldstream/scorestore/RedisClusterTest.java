package coldstream.scorestore;

import coldstream.domain.PopularityStore;
import coldstream.domain.ProfileStore;
import coldstream.domain.ScoreStore;
import coldstream.domain.UserStateStore;
import coldstream.embedded.Ports;
import coldstream.testkit.Await;
import coldstream.testkit.PopularityStoreContract;
import coldstream.testkit.ProfileStoreContract;
import coldstream.testkit.ScoreStoreContract;
import coldstream.testkit.UserContextStoreContract;
import coldstream.testkit.UserStateStoreContract;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;
import redis.embedded.core.ExecutableProvider;

/**
 * The adapters keep the contracts on a Redis Cluster. One node owns every slot here; what differs from a single server is
 * the client, its pipelines and its refusal of a command whose keys are on several nodes.
 */
@Tag("integration")
class RedisClusterTest {

    private static final int SLOTS = 16_384;

    /** The port between nodes is 10,000 more, and shall not be one that the system gives away either. */
    private static final int LAST_PORT = 20_000;

    private static Process server;
    private static int port;
    private static RedisConnection connection;

    @BeforeAll
    static void startCluster(@TempDir Path folder) throws IOException {
        do {
            port = Ports.free();
        } while (port > LAST_PORT);
        File binary = ExecutableProvider.newJarResourceProvider(folder.toFile()).get();
        List<String> command = List.of(
                binary.getPath(),
                "--port",
                Integer.toString(port),
                "--bind",
                "127.0.0.1",
                "--save",
                "",
                "--cluster-enabled",
                "yes",
                "--dir",
                folder.toString());
        server = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Await.until("the node answers", RedisClusterTest::formed);
        connection = RedisConnection.to(URI.create("redis-cluster://127.0.0.1:" + port), Duration.ofSeconds(30));
    }

    /** Gives the node every slot once it is up, then asks whether the cluster is whole. */
    private static boolean formed() {
        try (Jedis node = new Jedis("127.0.0.1", port)) {
            String state = node.clusterInfo();
            if (state.contains("cluster_slots_assigned:0\r")) {
                node.clusterAddSlots(IntStream.range(0, SLOTS).toArray());
            }
            return state.contains("cluster_state:ok");
        } catch (RuntimeException e) {
            return false; // not up yet
        }
    }

    @AfterAll
    static void stopCluster() throws InterruptedException {
        connection.close();
        server.destroy();
        server.waitFor(); // it writes to its folder until then
    }

    @BeforeEach
    void forgetEverything() {
        try (Jedis node = new Jedis("127.0.0.1", port)) {
            node.flushAll();
        }
    }

    @Nested
    class Scores extends ScoreStoreContract {
        @Override
        protected ScoreStore emptyStore() {
            return new RedisScoreStore(connection, RedisBounds.DEFAULTS);
        }
    }

    @Nested
    class States extends UserStateStoreContract {
        @Override
        protected UserStateStore emptyStore() {
            return new RedisUserStateStore(connection, RedisBounds.DEFAULTS);
        }
    }

    @Nested
    class Profiles extends ProfileStoreContract {
        @Override
        protected ProfileStore emptyStore() {
            return new RedisProfileStore(connection, RedisBounds.DEFAULTS);
        }
    }

    @Nested
    class Contexts extends UserContextStoreContract {
        @Override
        protected Stores emptyStores() {
            return new Stores(
                    new RedisUserStateStore(connection, RedisBounds.DEFAULTS),
                    new RedisScoreStore(connection, RedisBounds.DEFAULTS),
                    new RedisProfileStore(connection, RedisBounds.DEFAULTS),
                    new RedisUserContextStore(connection));
        }
    }

    @Nested
    class Popularity extends PopularityStoreContract {
        @Override
        protected PopularityStore emptyStore() {
            return new RedisPopularityStore(connection, RedisBounds.DEFAULTS);
        }
    }
}
