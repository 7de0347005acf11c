package coldstream.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.registry.RunningRegistry;
import coldstream.registry.Snapshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotFilesHttpTest {

    private static final int LARGE = 300_000;

    private final Path folder;
    private final RunningRegistry registry;
    private final String snapshot;

    SnapshotFilesHttpTest(@TempDir Path folder) {
        this.folder = folder;
        registry = RunningRegistry.start(folder.resolve("data"));
        registry.client().publish("ctr", Snapshots.write(folder.resolve("a"), "0123456789", 0.8));
        registry.client().publish("ctr", Snapshots.write(folder.resolve("b"), "x".repeat(LARGE), 0.8));
        snapshot = place("1");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    /** Range, status, body, Content-Range. */
    @Test
    void sendsThePartThatIsAskedFor() {
        List<List<String>> table = List.of(
                List.of("bytes=0-3", "206", "0123", "bytes 0-3/10"),
                List.of("bytes=4-", "206", "456789", "bytes 4-9/10"),
                List.of("bytes=-3", "206", "789", "bytes 7-9/10"),
                List.of("bytes=8-99", "206", "89", "bytes 8-9/10"),
                List.of("bytes=10-", "416", "", "bytes */10"),
                List.of("bytes=-0", "416", "", "bytes */10"),
                List.of("bytes=3-1", "200", "0123456789", ""),
                List.of("bytes=0-1,3-4", "200", "0123456789", ""),
                List.of("lines=0-1", "200", "0123456789", ""));
        for (List<String> row : table) {
            HttpResponse<String> answer = get(snapshot + "/dense.safetensors", "Range", row.get(0));

            assertThat(List.of(
                            Integer.toString(answer.statusCode()),
                            answer.body(),
                            answer.headers().firstValue("Content-Range").orElse("")))
                    .as(row.get(0))
                    .isEqualTo(row.subList(1, 4));
        }
    }

    @Test
    void anUploadCanBeReadInPartsToo() {
        registry.put("/api/2.0/mlflow-artifacts/artifacts/staging/u/x", "0123456789");

        assertThat(get("/api/2.0/mlflow-artifacts/artifacts/staging/u/x", "Range", "bytes=2-4")
                        .body())
                .isEqualTo("234");
    }

    @Test
    void aFileIsTaggedByItsHashAndNotSentTwice() {
        HttpResponse<String> first = registry.get(snapshot + "/dense.safetensors");
        String tag = first.headers().firstValue("ETag").orElseThrow();

        // sha256sum of the ten digits
        assertThat(tag).isEqualTo("\"84d89877f0d4041efb6bf91a16f0248f2fd573e6af05c19f96bedb9f882f7882\"");
        assertThat(get(snapshot + "/dense.safetensors", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
    }

    @Test
    void aDamagedFileIsRefusedBeforeItsFirstByteOrCutBeforeItsLast() throws IOException {
        damage(snapshot, "dense.safetensors", 3);
        assertThat(registry.get(snapshot + "/dense.safetensors").body())
                .contains("\"error_code\":\"DATA_LOSS\"", "dense.safetensors must have sha256");
        assertThat(get(snapshot + "/dense.safetensors", "Range", "bytes=0-1").statusCode())
                .isEqualTo(500);

        String large = place("2");
        damage(large, "dense.safetensors", LARGE - 1);
        assertThatThrownBy(() -> registry.get(large + "/dense.safetensors")).isInstanceOf(UncheckedIOException.class);
        assertThat(registry.get(large + "/dense.safetensors").body()).contains("DATA_LOSS");
        assertThat(registry.get("/metrics").body()).contains("coldstream_registry_damaged_reads_total 4.0");
    }

    @Test
    void aDamagedSnapshotIsRepairedByPublishingItAgain() throws IOException {
        damage(snapshot, "dense.safetensors", 3);
        assertThat(registry.get(snapshot + "/dense.safetensors").statusCode()).isEqualTo(500);

        assertThat(registry.client().publish("ctr", folder.resolve("a"))).isEqualTo("1");

        assertThat(registry.get(snapshot + "/dense.safetensors").body()).isEqualTo("0123456789");
    }

    @Test
    void aDamagedManifestIsRefused() throws IOException {
        damage(snapshot, "manifest.json", 3);

        assertThat(registry.get(snapshot + "/manifest.json").body()).contains("DATA_LOSS");
        assertThat(registry.get(snapshot + "/dense.safetensors").body()).contains("DATA_LOSS");
    }

    @Test
    void aBodyThatIsNotWhatItsSenderSaysIsRefused() {
        String path = "/api/2.0/mlflow-artifacts/artifacts/staging/u/x";
        // base64 of the sha256 of the ten digits
        String digest = "sha-256=:hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII=:";

        assertThat(put(path, "Content-Digest", digest, "0123456789").statusCode())
                .isEqualTo(200);
        assertThat(put(path, "Content-Digest", digest, "012345678").body()).contains("as its sender says");
        assertThat(put(path, "Content-Encoding", "gzip", "0123456789").body()).contains("no content encoding");
        assertThat(registry.get(path).body()).isEqualTo("0123456789");
    }

    private String place(String version) {
        String uri = registry.get("/api/2.0/mlflow/model-versions/get-download-uri?name=ctr&version=" + version)
                .body();
        return "/api/2.0/mlflow-artifacts/artifacts/" + uri.replaceAll(".*(snapshots/[0-9a-f]{64}).*", "$1");
    }

    private void damage(String place, String file, int at) throws IOException {
        Path path = folder.resolve("data/registry/files/snapshots")
                .resolve(place.substring(place.lastIndexOf('/') + 1))
                .resolve(file);
        byte[] bytes = Files.readAllBytes(path);
        bytes[at] ^= 1;
        Files.write(path, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    }

    private HttpResponse<String> get(String path, String header, String value) {
        return registry.send(
                HttpRequest.newBuilder(registry.url().resolve(path)).header(header, value));
    }

    private HttpResponse<String> put(String path, String header, String value, String body) {
        return registry.send(HttpRequest.newBuilder(registry.url().resolve(path))
                .header(header, value)
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }
}
