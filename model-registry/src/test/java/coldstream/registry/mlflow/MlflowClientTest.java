package coldstream.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.registry.RunningRegistry;
import coldstream.registry.Snapshots;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mlflow.api.proto.ModelRegistry;
import org.mlflow.tracking.MlflowClient;
import org.mlflow.tracking.MlflowHttpException;
import org.mlflow.tracking.creds.BasicMlflowHostCreds;

/** MLflow's own Java client against the registry: an oracle of the wire form that shares no code with it. */
class MlflowClientTest {

    private final Path folder;
    private final ObjectMapper json = new ObjectMapper();
    private final RunningRegistry registry;
    private final MlflowClient mlflow;

    MlflowClientTest(@TempDir Path folder) {
        this.folder = folder;
        registry = RunningRegistry.start(folder.resolve("data"));
        registry.client().publish(Snapshots.MODEL, Snapshots.write(folder.resolve("a"), "first", 0.80));
        registry.client().publish(Snapshots.MODEL, Snapshots.write(folder.resolve("b"), "second", 0.81));
        mlflow = new MlflowClient(registry.url().toString());
    }

    @AfterEach
    void stop() {
        mlflow.close();
        registry.close();
    }

    @Test
    void readsAModelWithItsLatestVersionsAndAliases() {
        ModelRegistry.RegisteredModel model = mlflow.getRegisteredModel(Snapshots.MODEL);

        assertThat(model.getName()).isEqualTo("ctr");
        assertThat(model.getCreationTimestamp()).isPositive();
        assertThat(model.getLatestVersionsList())
                .extracting(ModelRegistry.ModelVersion::getVersion)
                .containsExactly("2");
        assertThat(model.getAliasesList())
                .extracting(alias -> alias.getAlias() + "=" + alias.getVersion())
                .containsExactly("challenger=2", "champion=2", "previous=1");
    }

    @Test
    void readsAVersion() {
        ModelRegistry.ModelVersion version = mlflow.getModelVersion(Snapshots.MODEL, "1");

        assertThat(version.getStatus()).isEqualTo(ModelRegistry.ModelVersionStatus.READY);
        assertThat(version.getCurrentStage()).isEqualTo("None");
        assertThat(version.getSource()).startsWith("mlflow-artifacts:/staging/");
        assertThat(mlflow.getModelVersion(Snapshots.MODEL, "2").getAliasesList())
                .containsExactlyInAnyOrder("challenger", "champion");
    }

    @Test
    void findsTheLatestVersionsByStage() throws Exception {
        mlflow.sendPost(
                "model-versions/transition-stage", "{\"name\":\"ctr\",\"version\":\"1\",\"stage\":\"Production\"}");

        assertThat(mlflow.getLatestVersions(Snapshots.MODEL, List.of("Production")))
                .extracting(ModelRegistry.ModelVersion::getVersion)
                .containsExactly("1");
        assertThat(mlflow.getLatestVersions(Snapshots.MODEL))
                .extracting(ModelRegistry.ModelVersion::getVersion)
                .containsExactlyInAnyOrder("1", "2");
    }

    @Test
    void searchesVersionsPageByPage() {
        var first = mlflow.searchModelVersions("name='ctr'", 1, List.of("version_number DESC"));
        var second = mlflow.searchModelVersions(
                "name='ctr'",
                1,
                List.of("version_number DESC"),
                first.getNextPageToken().orElseThrow());

        assertThat(first.getItems())
                .extracting(ModelRegistry.ModelVersion::getVersion)
                .containsExactly("2");
        assertThat(second.getItems())
                .extracting(ModelRegistry.ModelVersion::getVersion)
                .containsExactly("1");
        assertThat(second.getNextPageToken()).isEmpty();
    }

    @Test
    void learnsWhereTheFilesAreAndTheProxyHasThem() {
        String uri = mlflow.getModelVersionDownloadUri(Snapshots.MODEL, "1");

        assertThat(uri).matches("mlflow-artifacts:/snapshots/[0-9a-f]{64}");
        String place = uri.substring("mlflow-artifacts:/".length());
        assertThat(registry.get("/api/2.0/mlflow-artifacts/artifacts/" + place + "/dense.safetensors")
                        .body())
                .isEqualTo("first");
    }

    @Test
    void setsAliasesAndTagsThroughItsRawCalls() throws Exception {
        mlflow.sendPost("registered-models/alias", "{\"name\":\"ctr\",\"alias\":\"pinned\",\"version\":\"1\"}");
        mlflow.sendPost("model-versions/set-tag", "{\"name\":\"ctr\",\"version\":\"1\",\"key\":\"k\",\"value\":\"v\"}");

        JsonNode version = json.readTree(mlflow.sendGet("registered-models/alias?name=ctr&alias=pinned"))
                .path("model_version");
        assertThat(version.path("version").asText()).isEqualTo("1");
        assertThat(version.path("tags").findValuesAsText("key")).contains("k", "coldstream.snapshot");
    }

    @Test
    void creatingAModelAgainIsNoError() throws Exception {
        String body = "{\"name\":\"other\",\"description\":\"of a test\"}";

        assertThat(mlflow.sendPost("registered-models/create", body))
                .isEqualTo(mlflow.sendPost("registered-models/create", body));
    }

    @Test
    void understandsOurErrors() {
        assertThatThrownBy(() -> mlflow.getModelVersion(Snapshots.MODEL, "99"))
                .isInstanceOf(MlflowHttpException.class)
                .hasMessageContaining("404")
                .satisfies(e -> assertThat(((MlflowHttpException) e).getBodyMessage())
                        .contains("RESOURCE_DOES_NOT_EXIST", "the version of ctr must exist, got 99"));
    }

    @Test
    void carriesABearerToken() {
        try (var secured = RunningRegistry.start(folder.resolve("secured"), Map.of("registry.token", "s3"));
                var stranger = new MlflowClient(secured.url().toString());
                var friend =
                        new MlflowClient(new BasicMlflowHostCreds(secured.url().toString(), "s3"))) {
            assertThatThrownBy(() -> stranger.getRegisteredModel("ctr")).hasMessageContaining("401");
            assertThatThrownBy(() -> friend.getRegisteredModel("ctr")).hasMessageContaining("404");
            assertThat(secured.get("/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void runsThroughAModelsLife() throws Exception {
        mlflow.sendPost(
                "registered-models/create", "{\"name\":\"life\",\"tags\":[{\"key\":\"owner\",\"value\":\"ana\"}]}");
        mlflow.sendPatch("registered-models/update", "{\"name\":\"life\",\"description\":\"of a test\"}");
        mlflow.sendPost("registered-models/set-tag", "{\"name\":\"life\",\"key\":\"k\",\"value\":\"v\"}");
        mlflow.sendPost("registered-models/delete-tag", "{\"name\":\"life\",\"key\":\"owner\"}");
        for (int twice = 0; twice < 2; twice++) {
            mlflow.sendPost("registered-models/rename", "{\"name\":\"life\",\"new_name\":\"afterlife\"}");
        }

        ModelRegistry.RegisteredModel model = mlflow.getRegisteredModel("afterlife");
        assertThat(model.getDescription()).isEqualTo("of a test");
        assertThat(model.getTagsList())
                .extracting(ModelRegistry.RegisteredModelTag::getKey)
                .containsExactly("k");
        JsonNode found = json.readTree(mlflow.sendGet("registered-models/search?filter=tags.k%3D%27v%27"));
        assertThat(found.path("registered_models")).hasSize(1);

        for (int twice = 0; twice < 2; twice++) {
            mlflow.sendPost("registered-models/delete", "{\"name\":\"afterlife\"}");
        }
        assertThatThrownBy(() -> mlflow.getRegisteredModel("afterlife")).hasMessageContaining("404");
    }

    @Test
    void runsThroughAVersionsLife() throws Exception {
        String one = "{\"name\":\"ctr\",\"version\":\"1\"";
        mlflow.sendPatch("model-versions/update", one + ",\"description\":\"the first\"}");
        mlflow.sendPost("model-versions/set-tag", one + ",\"key\":\"k\",\"value\":\"v\"}");
        mlflow.sendPost("model-versions/set-tag", one + ",\"key\":\"gone\",\"value\":\"v\"}");
        mlflow.sendPost("model-versions/delete-tag", one + ",\"key\":\"gone\"}");

        assertThat(mlflow.searchModelVersions("name='ctr' and tags.k = 'v'").getItems())
                .singleElement()
                .satisfies(version -> {
                    assertThat(version.getDescription()).isEqualTo("the first");
                    assertThat(version.getTagsList())
                            .extracting(ModelRegistry.ModelVersionTag::getKey)
                            .contains("k")
                            .doesNotContain("gone");
                });
        assertThat(mlflow.searchModelVersions("version_number > 1").getItems()).hasSize(1);
        for (int twice = 0; twice < 2; twice++) {
            mlflow.sendPost("model-versions/delete", one + "}");
        }
        assertThatThrownBy(() -> mlflow.getModelVersion(Snapshots.MODEL, "1")).hasMessageContaining("404");
    }

    @Test
    void archivesWhatWasInAStageAndOnlyInOneThatServes() throws Exception {
        String stage = ",\"stage\":\"production\",\"archive_existing_versions\":true}";
        mlflow.sendPost("model-versions/transition-stage", "{\"name\":\"ctr\",\"version\":\"1\"" + stage);
        mlflow.sendPost("model-versions/transition-stage", "{\"name\":\"ctr\",\"version\":\"2\"" + stage);

        assertThat(mlflow.getModelVersion(Snapshots.MODEL, "1").getCurrentStage())
                .isEqualTo("Archived");
        assertThat(mlflow.getLatestVersions(Snapshots.MODEL, List.of("production")))
                .extracting(ModelRegistry.ModelVersion::getVersion)
                .containsExactly("2");
        assertThatThrownBy(() -> mlflow.sendPost(
                        "model-versions/transition-stage",
                        "{\"name\":\"ctr\",\"version\":\"1\"" + stage.replace("production", "archived")))
                .hasMessageContaining("400");
    }

    @Test
    void carriesANameAndAPassword() {
        try (var secured = RunningRegistry.start(folder.resolve("basic"), Map.of("registry.read-token", "s3cret"));
                var friend =
                        new MlflowClient(new BasicMlflowHostCreds(secured.url().toString(), "read", "s3cret"))) {
            assertThat(friend.searchModelVersions().getItems()).isEmpty();
            assertThatThrownBy(() -> friend.sendPost("registered-models/create", "{\"name\":\"m\"}"))
                    .hasMessageContaining("403");
        }
    }
}
