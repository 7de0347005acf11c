package coldstream.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("integration")
class EmbeddedRedisTest {

    @Test
    void answersUntilItIsClosedAndThenFreesItsPort() throws Exception {
        EmbeddedRedis redis = EmbeddedRedis.start(0);
        int port = redis.port();
        assertThat(ask(port, "SET a 1")).isEqualTo("+OK");

        redis.close();

        assertThatThrownBy(() -> ask(port, "GET a")).isInstanceOf(IOException.class);
        EmbeddedRedis.start(port).close();
    }

    @Test
    void aBusyPortIsOneClearLine() {
        try (EmbeddedRedis redis = EmbeddedRedis.start(0)) {
            assertThatThrownBy(() -> EmbeddedRedis.start(redis.port()))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("port " + redis.port() + " for Redis is in use");
        }
    }

    @Test
    void aServerThatCannotStartIsToldAtOnceWithItsReason() {
        assertThatThrownBy(() -> EmbeddedRedis.start(0, "--no-such-option"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("cannot start Redis");
    }

    private static String ask(int port, String command) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
