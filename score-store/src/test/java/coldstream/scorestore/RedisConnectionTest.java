package coldstream.scorestore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.ItemId;
import coldstream.domain.StoreUnavailableException;
import coldstream.domain.UserId;
import coldstream.embedded.EmbeddedRedis;
import coldstream.testkit.RedisExtension;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("integration")
class RedisConnectionTest {

    @RegisterExtension
    static final RedisExtension REDIS = new RedisExtension();

    /** Less than half of what a time-out for every call would take; most of it is left for a slow machine. */
    private static final Duration SOON = Duration.ofSeconds(25);

    /** Of a Redis that is there and may be slow. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void aRedisThatIsAwayIsACleanFailureSoon() throws IOException {
        try (RedisConnection connection = RedisConnection.to(nobody())) {
            long start = System.nanoTime();
            assertThatThrownBy(() -> new RedisScoreStore(connection, RedisBounds.DEFAULTS).find(new UserId("u")))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith("redis cannot be reached at redis://");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
            assertThat(connection.answers()).isFalse();
        }
    }

    @Test
    void aRedisThatHangsCostsOneTimeOutNotOneACall() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RedisConnection connection = new RedisConnection(
                        URI.create("redis://127.0.0.1:" + silent.getLocalPort()),
                        RedisConnection.TIMEOUT,
                        nanos::get)) {
            var store = new RedisPopularityStore(connection, RedisBounds.DEFAULTS);
            assertThatThrownBy(() -> store.top(1)).isInstanceOf(StoreUnavailableException.class);

            long start = System.nanoTime();
            for (int call = 0; call < 100; call++) {
                assertThatThrownBy(() -> store.putAll(Map.of(new ItemId("i"), 1L)))
                        .isInstanceOf(StoreUnavailableException.class)
                        .hasMessage("redis could not be reached less than PT1S ago");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
        }
    }

    @Test
    void worksAgainOnceRedisIsBackAndThePauseIsOver() {
        EmbeddedRedis first = EmbeddedRedis.start(0);
        try (RedisConnection connection = new RedisConnection(first.url(), PATIENCE, nanos::get)) {
            assertThat(connection.answers()).isTrue();
            int port = first.port();
            first.close();
            assertThat(connection.answers()).isFalse();

            try (EmbeddedRedis second = EmbeddedRedis.start(port)) {
                assertThat(second.port()).isEqualTo(port);
                assertThat(connection.answers()).as("within the pause").isFalse();
                for (int attempt = 0; attempt < 20 && !connection.answers(); attempt++) {
                    nanos.addAndGet(RedisConnection.PAUSE.toNanos()); // a pooled connection may still be the old one
                }
                assertThat(connection.answers()).isTrue();
            }
        }
    }

    @Test
    void aCommandRedisRefusesIsAFailureWithoutAPause() {
        try (RedisConnection connection = RedisConnection.to(REDIS.url(), PATIENCE)) {
            connection.call(redis -> redis.set("cs:v1:{u}:soft", "of another type"));

            assertThatThrownBy(() -> new RedisScoreStore(connection, RedisBounds.DEFAULTS).find(new UserId("u")))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessageStartingWith("redis refused: WRONGTYPE");
            assertThat(connection.answers()).isTrue();
        }
    }

    @Test
    void aPasswordIsNeverShown() {
        assertThat(RedisConnection.withoutPassword(URI.create("redis://me:secret@host:6379/1")))
                .isEqualTo("redis://host:6379/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://host:1", "redis:host", "redis://host", "host:6379"})
    void refusesWhatIsNoRedisUrl(String url) {
        assertThatThrownBy(() -> RedisConnection.to(URI.create(url)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("redis url must");
    }

    @Test
    void aClosedConnectionSaysSo() {
        RedisConnection connection = RedisConnection.to(REDIS.url(), PATIENCE);
        connection.close();

        assertThatThrownBy(() -> new RedisPopularityStore(connection, RedisBounds.DEFAULTS).top(1))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("the connection to redis is closed");
    }

    private static URI nobody() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("redis://127.0.0.1:" + socket.getLocalPort());
        }
    }
}
