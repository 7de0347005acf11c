package coldstream.console;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.testkit.Await;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The console where Kafka, Redis and at first everything else are away. */
class ConsoleAloneTest {

    private static @Nullable ConsoleRig running;

    @BeforeAll
    static void start() throws IOException {
        running = alone(Map.of());
    }

    @AfterAll
    static void stop() {
        close(rig());
    }

    private static ConsoleRig rig() {
        return Objects.requireNonNull(running);
    }

    private static ConsoleRig alone(Map<String, String> more) throws IOException {
        Map<String, String> settings = new HashMap<>(Map.of("console.timeout", "20s"));
        settings.putAll(more);
        ConsoleRig rig = new ConsoleRig("127.0.0.1:1", "nowhere", URI.create("redis://127.0.0.1:1"), settings);
        rig.services.down(true);
        return rig;
    }

    /** Soon, though Kafka never answers: long before its clients' own time-outs. */
    private static void close(ConsoleRig rig) {
        long began = System.nanoTime();
        rig.close();
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(25));
    }

    private static Map<String, String> states(ConsoleRig rig) {
        Map<String, String> states = new TreeMap<>();
        for (JsonNode part : rig.json("/api/health").path("parts")) {
            states.put(part.path("name").asText(), part.path("state").asText());
        }
        return states;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/health",
                "/api/quality",
                "/api/gate",
                "/api/signals",
                "/api/alarms",
                "/api/deployments",
                "/api/dead-letters",
                "/api/users/ann",
                "/health/ready",
                "/"
            })
    void everythingIsAnsweredAllTheSame(String path) {
        assertThat(rig().get(path).statusCode()).isEqualTo(200);
    }

    @Test
    void whoIsAwayIsSaidToBeDownAndIsWellAgainOnceItAnswers() throws IOException {
        ConsoleRig rig = alone(Map.of());
        Await.until("all are found to be away", () -> states(rig).entrySet().stream()
                .allMatch(
                        part -> part.getKey().equals("kafka") || part.getValue().equals("down")));
        assertThat(rig.json("/api/health").path("state").asText()).isEqualTo("down");
        assertThat(rig.json("/api/health").path("parts").path(1).path("message").asText())
                .isEqualTo("is not ready: model");
        assertThat(rig.json("/api/users/ann").path("problems").findValuesAsText("part"))
                .containsExactly("redis", "serving");
        assertThat(rig.json("/api/users/ann").has("recommendations")).isFalse();

        rig.services.down(false);

        Await.until(
                "they are well again",
                () -> rig.json("/api/health").path("state").asText().equals("ok"));
        Await.until(
                "so is the registry",
                () -> states(rig).getOrDefault("registry", "").equals("ok"));
        assertThat(states(rig)).containsEntry("redis", "down");
        close(rig);
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "127.0.0.1, 200",
        "[::1], 200",
        "LOCALHOST, 200",
        "evil.example, 421",
        "localhost.evil.example, 421",
        "'', 421"
    })
    void onlyItsOwnNamesAreAnswered(String host, int status) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), rig().console.port())) {
            String named = host.isEmpty() ? "" : host + ":" + rig().console.port();
            socket.getOutputStream()
                    .write(("GET /api/health HTTP/1.1\r\nHost: " + named + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(in.readLine()).startsWith("HTTP/1.1 " + status);
        }
    }

    @Test
    void onlySoManyPagesAreKeptUpToDate() throws Exception {
        try (ConsoleRig small = alone(Map.of("console.max-streams", "1"));
                ConsoleRig.Events page = small.look("")) {
            Await.until("it is greeted", () -> !page.named("hello").isEmpty());

            assertThat(small.get("/api/stream", "Accept", "text/event-stream").statusCode())
                    .isEqualTo(503);
            page.close();
            Await.until("there is room again", () -> {
                try (ConsoleRig.Events again = small.look("")) {
                    Await.until(
                            "it is greeted again", () -> !again.named("hello").isEmpty());
                    return true;
                } catch (AssertionError e) {
                    return false;
                }
            });
        }
    }
}
