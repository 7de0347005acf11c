package coldstream.scorestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.ItemId;
import coldstream.domain.StoreUnavailableException;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.testkit.RedisExtension;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A user's context takes one round trip: nothing is asked after the first answer. */
@Tag("integration")
class RedisUserContextStoreTest {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    private static final UserId ANN = new UserId("ann");

    /** Passes questions on only when all three of a user have come: who waits for the first answer waits for ever. */
    private static final class Withholding implements AutoCloseable {

        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final ExecutorService threads = Executors.newCachedThreadPool();

        Withholding() throws IOException {
            threads.execute(() -> quietly(this::accept));
        }

        /** What a thread does until its socket is closed. */
        private interface Piping {
            void run() throws IOException;
        }

        private static void quietly(Piping piping) {
            try {
                piping.run();
            } catch (IOException e) {
                assertThat(e).isNotNull(); // closed
            }
        }

        private void accept() throws IOException {
            while (!server.isClosed()) {
                Socket client = server.accept();
                Socket redis = new Socket(REDIS.url().getHost(), REDIS.url().getPort());
                threads.execute(() -> quietly(() -> redis.getInputStream().transferTo(client.getOutputStream())));
                threads.execute(() -> quietly(() -> questions(client.getInputStream(), redis.getOutputStream())));
            }
        }

        URI url() {
            return URI.create("redis://127.0.0.1:" + server.getLocalPort());
        }

        private static void questions(InputStream in, OutputStream out) throws IOException {
            byte[] some = new byte[4096];
            StringBuilder held = new StringBuilder();
            for (int n = in.read(some); n >= 0; n = in.read(some)) {
                held.append(new String(some, 0, n, StandardCharsets.ISO_8859_1));
                boolean asks = held.indexOf("{ann}") >= 0;
                if (!asks
                        || (held.indexOf(":state") >= 0
                                && held.indexOf(":soft") >= 0
                                && held.indexOf(":profile") >= 0)) {
                    out.write(held.toString().getBytes(StandardCharsets.ISO_8859_1));
                    held.setLength(0);
                }
            }
        }

        @Override
        public void close() throws IOException {
            server.close();
            threads.shutdownNow();
        }
    }

    @Test
    void allIsAskedBeforeAnythingIsAnswered() throws IOException {
        UserState state = new UserState(List.of(new ItemId("i")), 1);
        try (RedisConnection redis = RedisConnection.to(REDIS.url(), Duration.ofSeconds(30))) {
            new RedisUserStateStore(redis, RedisBounds.DEFAULTS).putAll(Map.of(ANN, state));
        }
        try (Withholding proxy = new Withholding();
                RedisConnection redis = RedisConnection.to(proxy.url(), Duration.ofSeconds(30));
                RedisConnection hasty = RedisConnection.to(proxy.url())) {
            assertThat(new RedisUserContextStore(redis).find(List.of(ANN))).containsExactly(UserContext.of(ANN, state));
            assertThatThrownBy(() -> new RedisUserStateStore(hasty, RedisBounds.DEFAULTS).find(ANN))
                    .as("what the proxy holds back")
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }
}
