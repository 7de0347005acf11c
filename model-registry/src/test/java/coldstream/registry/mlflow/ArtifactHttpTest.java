package coldstream.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.registry.RunningRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactHttpTest {

    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";

    private final Path folder;
    private final RunningRegistry registry;

    ArtifactHttpTest(@TempDir Path folder) {
        this.folder = folder;
        registry = RunningRegistry.start(folder.resolve("data"), Map.of("registry.max-file-bytes", "1000"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void whatIsPutCanBeListedAndRead() {
        assertThat(registry.put(ARTIFACTS + "/staging/u1/sub%20folder/a.txt", "hello")
                        .statusCode())
                .isEqualTo(200);

        assertThat(registry.get(ARTIFACTS + "?path=staging/u1").body())
                .isEqualTo("{\"files\":[{\"path\":\"sub folder\",\"is_dir\":true,\"file_size\":0}]}");
        assertThat(registry.get(ARTIFACTS + "?path=staging/u1/sub%20folder").body())
                .isEqualTo("{\"files\":[{\"path\":\"a.txt\",\"is_dir\":false,\"file_size\":5}]}");
        assertThat(registry.get(ARTIFACTS + "/staging/u1/sub%20folder/a.txt").body())
                .isEqualTo("hello");
    }

    @Test
    void whatIsDeletedIsGone() {
        registry.put(ARTIFACTS + "/staging/u1/a.txt", "hello");

        HttpResponse<String> answer =
                registry.send(HttpRequest.newBuilder(registry.url().resolve(ARTIFACTS + "/staging/u1"))
                        .DELETE());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(registry.get(ARTIFACTS + "/staging/u1/a.txt").statusCode()).isEqualTo(404);
    }

    /** Written by hand onto the socket: an HTTP client would tidy the path up first. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/../escaped.txt",
                "/staging/../../../escaped.txt",
                "/staging/%2e%2e/%2e%2e/%2e%2e/escaped.txt",
                "/staging/..%2f..%2f..%2fescaped.txt",
                "/staging/..%5c..%5cescaped.txt",
                "/%2fescaped.txt",
                "/staging//escaped.txt",
                "/staging/%00/escaped.txt",
                "/staging/;/../../../escaped.txt",
            })
    void noPathLeavesTheFolder(String path) throws IOException {
        String status = raw("PUT " + ARTIFACTS + path + " HTTP/1.1", "out");

        assertThat(status).matches("HTTP/1.1 4\\d\\d .*");
        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all.filter(file -> file.toString().contains("escaped"))).isEmpty();
        }
    }

    @Test
    void aListingCannotLookOutsideEither() {
        assertThat(registry.get(ARTIFACTS + "?path=..").statusCode()).isEqualTo(400);
        assertThat(registry.get(ARTIFACTS + "?path=/etc").statusCode()).isEqualTo(400);
    }

    @Test
    void anOversizeFileIsRefusedWithOrWithoutALengthAndLeavesNothing() throws IOException {
        HttpResponse<String> announced = registry.put(ARTIFACTS + "/staging/u1/big", "x".repeat(1_001));
        HttpResponse<String> streamed =
                registry.send(HttpRequest.newBuilder(registry.url().resolve(ARTIFACTS + "/staging/u1/big"))
                        .PUT(BodyPublishers.ofByteArrays(List.of(new byte[600], new byte[600]))));

        assertThat(announced.statusCode()).isEqualTo(413);
        assertThat(announced.body()).contains("RESOURCE_LIMIT_EXCEEDED", "at most 1000 bytes");
        assertThat(streamed.statusCode()).isEqualTo(413);
        assertThat(registry.get(ARTIFACTS + "/staging/u1/big").statusCode()).isEqualTo(404);
        try (Stream<Path> parts = Files.list(folder.resolve("data/registry/parts"))) {
            assertThat(parts).isEmpty();
        }
    }

    @Test
    void aSnapshotOnceFiledIsReadOnly() {
        String id = "0".repeat(64);

        assertThat(registry.put(ARTIFACTS + "/snapshots/" + id + "/manifest.json", "{}")
                        .body())
                .contains("INVALID_PARAMETER_VALUE", "a snapshot is never changed");
    }

    @Test
    void aFileIsNoFolderAndAFolderNoFile() {
        registry.put(ARTIFACTS + "/staging/u1/a", "hello");

        assertThat(registry.put(ARTIFACTS + "/staging/u1/a/b", "hello").statusCode())
                .isEqualTo(400);
        assertThat(registry.put(ARTIFACTS + "/staging/u1", "hello").statusCode())
                .isEqualTo(400);
    }

    private String raw(String request, String body) throws IOException {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), registry.url().getPort())) {
            socket.setSoTimeout(5_000);
            String message = request + "\r\nHost: x\r\nConnection: close\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body;
            socket.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.lines().findFirst().orElse("");
        }
    }
}
