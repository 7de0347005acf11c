package coldstream.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.registry.RunningRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uploads in parts, as MLflow's Python client makes them ({@code http_artifact_repo.py}): no credential but the URL. */
class MultipartHttpTest {

    private static final String MPU = "/api/2.0/mlflow-artifacts/mpu/";
    private static final String FILE = "/api/2.0/mlflow-artifacts/artifacts/staging/u/model.bin";

    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private RunningRegistry registry;

    MultipartHttpTest(@TempDir Path folder) {
        this.folder = folder;
        registry = RunningRegistry.start(folder, Map.of("registry.max-file-bytes", "100"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void partsInAnyOrderBecomeAFileOnCompletionAndNotBefore() throws IOException {
        JsonNode upload = create(2);
        String second = put(upload, 2, "world");
        String first = put(upload, 1, "hello ");
        assertThat(registry.get(FILE).statusCode()).isEqualTo(404);

        HttpResponse<String> answer = complete(upload, first, second);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(registry.get(FILE).body()).isEqualTo("hello world");
        assertThat(complete(upload, first, second).statusCode()).isEqualTo(200);
        assertThat(registry.get(FILE).body()).isEqualTo("hello world");
    }

    @Test
    void anUploadGoesOnAfterARestart() throws IOException {
        JsonNode upload = create(2);
        String first = put(upload, 1, "hello ");
        registry.close();
        registry = RunningRegistry.start(folder);

        String second = put(upload, 2, "world");
        complete(upload, first, second);

        assertThat(registry.get(FILE).body()).isEqualTo("hello world");
    }

    @Test
    void aMissingTornOrSwappedPartMakesNoFile() throws IOException {
        JsonNode upload = create(2);
        String first = put(upload, 1, "hello ");

        assertThat(complete(upload, first, first).body()).contains("parts must have been written", "got part 2");
        String second = put(upload, 2, "world");
        assertThat(complete(upload, second, first).body()).contains("part 1 must have the tag");
        put(upload, 2, "wor");
        assertThat(complete(upload, first, second).body()).contains("part 2 must have the tag");
        assertThat(registry.get(FILE).statusCode()).isEqualTo(404);
    }

    @Test
    void manySmallPartsDoNotMakeAFileLargerThanAllowed() throws IOException {
        JsonNode upload = create(2);
        String first = put(upload, 1, "x".repeat(60));
        String second = put(upload, 2, "x".repeat(60));

        assertThat(complete(upload, first, second).statusCode()).isEqualTo(413);
        assertThat(registry.get(FILE).statusCode()).isEqualTo(404);
    }

    @Test
    void anAbortedUploadIsGone() throws IOException {
        JsonNode upload = create(1);
        String id = upload.path("upload_id").asText();
        String body = "{\"path\":\"/home/x/model.bin\",\"upload_id\":\"" + id + "\"}";

        assertThat(registry.post(MPU + "abort/staging/u", body).statusCode()).isEqualTo(200);
        assertThat(registry.post(MPU + "abort/staging/u", body).statusCode()).isEqualTo(200);
        assertThat(send(upload, 1, "x").statusCode()).isEqualTo(404);
    }

    @Test
    void noPathLeavesTheFolderAndNoSnapshotIsTouched() {
        String body = "{\"path\":\"..\",\"num_parts\":1}";
        assertThat(registry.post(MPU + "create/staging/u", body).statusCode()).isEqualTo(400);
        assertThat(registry.post(MPU + "create/snapshots/u", "{\"path\":\"x\",\"num_parts\":1}")
                        .body())
                .contains("a snapshot is never changed");
        assertThat(registry.post(MPU + "create/staging/u", "{\"path\":\"x\",\"num_parts\":10001}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(registry.put("/api/2.0/mlflow-artifacts/mpu-parts/..%2f..%2fx/1", "x")
                        .statusCode())
                .isIn(400, 404);
    }

    private JsonNode create(int parts) throws IOException {
        HttpResponse<String> answer =
                registry.post(MPU + "create/staging/u", "{\"path\":\"/home/x/model.bin\",\"num_parts\":" + parts + "}");
        assertThat(answer.statusCode()).isEqualTo(200);
        return json.readTree(answer.body());
    }

    private String put(JsonNode upload, int number, String content) {
        HttpResponse<String> answer = send(upload, number, content);
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("ETag").orElseThrow();
    }

    private HttpResponse<String> send(JsonNode upload, int number, String content) {
        URI url = URI.create(
                upload.path("credentials").get(number - 1).path("url").asText());
        return registry.send(
                HttpRequest.newBuilder(registry.url().resolve(url.getRawPath())).PUT(BodyPublishers.ofString(content)));
    }

    private HttpResponse<String> complete(JsonNode upload, String first, String second) throws IOException {
        Object body = Map.of(
                "path",
                "/home/x/model.bin",
                "upload_id",
                upload.path("upload_id").asText(),
                "parts",
                new Object[] {Map.of("part_number", 1, "etag", first), Map.of("part_number", 2, "etag", second)});
        return registry.post(MPU + "complete/staging/u", json.writeValueAsString(body));
    }
}
