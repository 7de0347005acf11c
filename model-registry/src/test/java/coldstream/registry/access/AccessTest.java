package coldstream.registry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.registry.RunningRegistry;
import coldstream.registry.Snapshots;
import coldstream.testkit.Await;
import coldstream.wire.RegistryClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {

    private static final String MLFLOW = "/api/2.0/mlflow/";
    private static final Map<String, String> TOKENS = Map.of(
            "registry.read-token", "reader-secret",
            "registry.publish-token", "publisher-secret",
            "registry.promote-token", "promoter-secret",
            "registry.token", "all-secret");

    private final Path folder;

    AccessTest(@TempDir Path folder) {
        this.folder = folder;
    }

    /** Status for: nobody, reader, publisher, promoter, all. 404 and 400 mean that the caller was let in. */
    @Test
    void everyRoleMayWhatItMay() {
        List<List<String>> table = List.of(
                List.of("GET", "/api/2.0/mlflow/registered-models/search", "401 200 200 200 200"),
                List.of("POST", "/api/2.0/mlflow/model-versions/search", "401 200 200 200 200"),
                List.of("GET", "/api/2.0/mlflow-artifacts/artifacts", "401 200 200 200 200"),
                List.of("POST", "/v1/models/m/leases", "401 400 400 400 400"),
                List.of("PUT", "/api/2.0/mlflow-artifacts/artifacts/staging/x", "401 403 200 403 200"),
                List.of("DELETE", "/api/2.0/mlflow-artifacts/artifacts/staging/x", "401 403 200 403 200"),
                List.of("POST", "/api/2.0/mlflow-artifacts/mpu/create", "401 403 400 403 400"),
                List.of("POST", "/api/2.0/mlflow/registered-models/create", "401 403 400 403 400"),
                List.of("POST", "/api/2.0/mlflow/model-versions/create", "401 403 400 403 400"),
                List.of("POST", "/api/2.0/mlflow/model-versions/set-tag", "401 403 400 403 400"),
                List.of("POST", "/api/2.0/mlflow/registered-models/alias", "401 403 403 400 400"),
                List.of("POST", "/api/2.0/mlflow/model-versions/transition-stage", "401 403 403 400 400"),
                List.of("DELETE", "/api/2.0/mlflow/registered-models/delete", "401 403 403 400 400"),
                List.of("POST", "/api/2.0/mlflow/registered-models/rename", "401 403 403 400 400"),
                List.of("POST", "/api/2.0/mlflow/webhooks", "401 403 403 400 400"),
                List.of("POST", "/v1/models/m/promote", "401 403 403 400 400"),
                List.of("POST", "/v1/models/m/evidence", "401 403 400 403 400"),
                List.of("GET", "/v1/backup", "401 403 403 200 200"));
        try (var registry = RunningRegistry.start(folder.resolve("data"), TOKENS)) {
            for (List<String> row : table) {
                var got = new StringBuilder(status(registry, row.get(0), row.get(1), ""));
                for (String role : new String[] {"reader", "publisher", "promoter", "all"}) {
                    got.append(' ').append(status(registry, row.get(0), row.get(1), "Bearer " + role + "-secret"));
                }

                assertThat(got.toString()).as(row.get(0) + " " + row.get(1)).isEqualTo(row.get(2));
            }
        }
    }

    /** They say how many users a canary answers, and what serves on top of a version. */
    @ParameterizedTest
    @ValueSource(strings = {"canary_share", "deltas"})
    void aTagThatDecidesIsForThoseWhoDecide(String key) {
        String tag = "{\"name\": \"ctr\", \"version\": \"1\", \"key\": \"%s\", \"value\": \"1\"}".formatted(key);
        String born =
                "{\"name\": \"ctr\", \"source\": \"mlflow-artifacts:/staging/none\", \"tags\": [%s]}".formatted(tag);
        String versions = MLFLOW + "model-versions/";
        try (var registry = RunningRegistry.start(folder.resolve("data"), TOKENS)) {
            new RegistryClient(registry.url(), Optional.of("publisher-secret"))
                    .publish("ctr", Snapshots.write(folder.resolve("a"), "content", 0.8));

            assertThat(status(registry, "POST", versions + "set-tag", "Bearer publisher-secret", tag))
                    .isEqualTo("403");
            assertThat(status(registry, "POST", versions + "create", "Bearer publisher-secret", born))
                    .isEqualTo("403");
            assertThat(status(registry, "POST", versions + "set-tag", "Bearer promoter-secret", tag))
                    .isEqualTo("200");
            assertThat(status(registry, "DELETE", versions + "delete-tag", "Bearer publisher-secret", tag))
                    .isEqualTo("403");
            assertThat(status(registry, "DELETE", versions + "delete-tag", "Bearer promoter-secret", tag))
                    .isEqualTo("200");
        }
    }

    @Test
    void namesComeFromAFileThatMayChangeAndAppearInTheAudit() throws IOException {
        Path file = folder.resolve("tokens");
        Files.writeString(file, "# people\nana promote,publish ana-secret-1\n\nrobot read robot-secret-1\n");
        try (var registry =
                RunningRegistry.start(folder.resolve("data"), Map.of("registry.tokens-file", file.toString()))) {
            var ana = new RegistryClient(registry.url(), Optional.of("ana-secret-1"));
            ana.publish("ctr", Snapshots.write(folder.resolve("a"), "content", 0.8));
            ana.setAlias("ctr", "pinned", "1");

            assertThat(ana.events("ctr")).last().satisfies(event -> assertThat(event.who())
                    .startsWith("ana from 127.0.0.1"));
            String search = MLFLOW + "registered-models/search";
            assertThat(status(registry, "GET", search, basic("robot", "robot-secret-1")))
                    .isEqualTo("200");
            assertThat(status(registry, "GET", search, basic("ana", "robot-secret-1")))
                    .isEqualTo("401");
            assertThat(status(registry, "GET", search, basic("robot", ""))).isEqualTo("401");
            assertThat(status(registry, "GET", search, "Basic ???")).isEqualTo("401");
            assertThat(status(registry, "GET", search, "robot-secret-1")).isEqualTo("401");

            Files.writeString(file, "robot read robot-secret-2\n");
            Files.setLastModifiedTime(file, java.nio.file.attribute.FileTime.fromMillis(1));
            Await.until("the new secret", () -> status(registry, "GET", search, "Bearer robot-secret-2")
                    .equals("200"));
            assertThat(status(registry, "GET", search, "Bearer ana-secret-1")).isEqualTo("401");
            Files.writeString(file, "broken");
            assertThat(status(registry, "GET", search, "Bearer robot-secret-2")).isEqualTo("200");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'ana promote', 'in line 1'",
        "'ana chief long-enough', 'must be read, publish or promote, got chief in line 1'",
        "'ana read short', 'a secret of at least 8 characters'",
    })
    void aBrokenFileOfSecretsIsRefusedWithoutTellingThem(String line, String why) throws IOException {
        Path file = Files.writeString(folder.resolve("tokens"), line);

        assertThatThrownBy(() ->
                        RunningRegistry.start(folder.resolve("data"), Map.of("registry.tokens-file", file.toString())))
                .hasMessageContaining(why)
                .hasMessageNotContaining("long-enough");
    }

    @Test
    void withoutSecretsEverybodyMayEverything() {
        try (var registry = RunningRegistry.start(folder.resolve("data"))) {
            assertThat(status(registry, "GET", "/v1/backup", "")).isEqualTo("200");
        }
    }

    private static String basic(String name, String secret) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    private static String status(RunningRegistry registry, String method, String path, String authorization) {
        return status(registry, method, path, authorization, "{}");
    }

    private static String status(
            RunningRegistry registry, String method, String path, String authorization, String body) {
        var request = HttpRequest.newBuilder(registry.url().resolve(path))
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return Integer.toString(registry.send(request).statusCode());
    }
}
