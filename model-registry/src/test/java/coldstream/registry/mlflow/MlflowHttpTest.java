package coldstream.registry.mlflow;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.registry.RunningRegistry;
import coldstream.registry.Snapshots;
import coldstream.wire.RegistryClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MlflowHttpTest {

    private static final String API = "/api/2.0/mlflow/";

    private final Path folder;
    private final RunningRegistry registry;
    private final RegistryClient client;

    MlflowHttpTest(@TempDir Path folder) {
        this.folder = folder;
        registry = RunningRegistry.start(folder.resolve("data"));
        client = registry.client();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aModelThatExistsIsNotCreatedWithAnotherDescription() {
        registry.post(API + "registered-models/create", "{\"name\":\"m\",\"description\":\"one\"}");

        assertThat(registry.post(API + "registered-models/create", "{\"name\":\"m\",\"description\":\"two\"}")
                        .body())
                .contains("RESOURCE_ALREADY_EXISTS");
        assertThat(registry.post(API + "registered-models/create", "{\"name\":\"m\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void findsModelsByNameInOrderAndByPage() {
        for (String name : new String[] {"b-two", "a-one", "c-three"}) {
            registry.post(API + "registered-models/create", "{\"name\":\"" + name + "\"}");
        }

        assertThat(registry.get(API
                                + "registered-models/search?filter=name%20ILIKE%20%27%25T%25%27&order_by=name%20DESC")
                        .body())
                .containsSubsequence("c-three", "b-two")
                .doesNotContain("a-one");
        assertThat(registry.get(API + "registered-models/search?max_results=2").body())
                .containsSubsequence("a-one", "b-two")
                .contains("\"next_page_token\":\"2\"");
        assertThat(registry.get(API + "registered-models/search?max_results=2&page_token=2")
                        .body())
                .contains("c-three")
                .doesNotContain("next_page_token");
    }

    @Test
    void theLatestVersionsCanBeAskedForByPostToo() {
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("a"), "one", 0.8));

        assertThat(registry.post(
                                API + "registered-models/get-latest-versions",
                                "{\"name\":\"ctr\",\"stages\":[\"None\"]}")
                        .body())
                .contains("\"version\":\"1\"");
    }

    @Test
    void aDeletedAliasIsGoneAndDeletingItAgainIsNoError() {
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("a"), "one", 0.8));
        client.setAlias(Snapshots.MODEL, "pinned", "1");

        assertThat(deleteAlias("pinned").statusCode()).isEqualTo(200);
        assertThat(deleteAlias("pinned").statusCode()).isEqualTo(200);
        assertThat(client.alias(Snapshots.MODEL, "pinned")).isEmpty();
    }

    @Test
    void anAliasThatLooksLikeAVersionIsRefused() {
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("a"), "one", 0.8));

        assertThat(registry.post(
                                API + "registered-models/alias",
                                "{\"name\":\"ctr\",\"alias\":\"v1\",\"version\":\"1\"}")
                        .body())
                .contains("INVALID_PARAMETER_VALUE", "got v1");
    }

    @Test
    void everyDecisionIsInTheAuditWithItsNumbers() {
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("a"), "one", 0.80));
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("b"), "two", 0.70));
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("c"), "three", 0.81));
        client.setAlias(Snapshots.MODEL, "champion", "1");

        assertThat(client.events(Snapshots.MODEL))
                .extracting(event -> event.kind() + " " + event.version())
                .containsExactly(
                        "VERSION_CREATED 1",
                        "ALIAS_SET 1",
                        "PROMOTED 1",
                        "VERSION_CREATED 2",
                        "ALIAS_SET 2",
                        "KEPT 2",
                        "VERSION_CREATED 3",
                        "ALIAS_SET 3",
                        "PROMOTED 3",
                        "ROLLED_BACK 1");
        RegistryEvent kept = client.events(Snapshots.MODEL).stream()
                .filter(event -> event.kind() == Kind.KEPT)
                .findFirst()
                .orElseThrow();
        assertThat(kept.why()).startsWith("worse in overall");
        assertThat(kept.who()).isEqualTo("promotion rule");
        assertThat(kept.details())
                .containsEntry("overall.difference", "-0.1000")
                .containsEntry("margin", "0.0500");
        assertThat(client.alias(Snapshots.MODEL, "challenger")).contains("3");
    }

    @Test
    void aFallThatLastsDoesNotHoldTheChampionForGood() {
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("a"), "a", 0.85));
        for (String name : new String[] {"b", "c", "d"}) {
            client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve(name), name, 0.77));
            assertThat(client.alias(Snapshots.MODEL, "champion")).contains("1");
        }

        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("e"), "e", 0.77));

        assertThat(client.alias(Snapshots.MODEL, "champion")).contains("5");
    }

    @Test
    void settingAnAliasAgainChangesNothing() {
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("a"), "one", 0.8));
        int before = client.events(Snapshots.MODEL).size();

        client.setAlias(Snapshots.MODEL, "champion", "1");

        assertThat(client.events(Snapshots.MODEL)).hasSize(before);
    }

    @Test
    void aVersionMovesToAStageAndTheOthersThereAreArchived() {
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("a"), "one", 0.8));
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("b"), "two", 0.8));
        String path = API + "model-versions/transition-stage";
        registry.post(path, "{\"name\":\"ctr\",\"version\":\"1\",\"stage\":\"production\"}");

        registry.post(
                path,
                "{\"name\":\"ctr\",\"version\":\"2\",\"stage\":\"Production\",\"archive_existing_versions\":true}");

        assertThat(client.version(Snapshots.MODEL, "1").orElseThrow().currentStage())
                .isEqualTo("Archived");
        assertThat(client.version(Snapshots.MODEL, "2").orElseThrow().currentStage())
                .isEqualTo("Production");
    }

    @Test
    void theMetricsSayWhatCameOfUploads() {
        client.publish(Snapshots.MODEL, Snapshots.write(folder.resolve("a"), "one", 0.8));

        assertThat(registry.get("/metrics").body())
                .contains("coldstream_registry_uploads_total{outcome=\"created\"} 1.0")
                .contains("coldstream_registry_unsent_events 3.0");
        assertThat(registry.get("/health/ready").statusCode()).isEqualTo(200);
    }

    private HttpResponse<String> deleteAlias(String alias) {
        return registry.send(HttpRequest.newBuilder(registry.url().resolve(API + "registered-models/alias"))
                .method(
                        "DELETE",
                        HttpRequest.BodyPublishers.ofString("{\"name\":\"ctr\",\"alias\":\"" + alias + "\"}")));
    }
}
