package coldstream.registry.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.registry.RunningRegistry;
import coldstream.registry.Snapshots;
import coldstream.wire.RegistryClient;
import coldstream.wire.SnapshotFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {

    private final Path folder;

    RetentionTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whatARunningServerUsesStaysUntilItsLeaseEnds() {
        try (var registry = registry(Map.of())) {
            RegistryClient client = registry.client();
            publish(client, "a");
            client.lease("ctr", "1", "serving-1", Duration.ofMinutes(10));
            publish(client, "b");
            publish(client, "c");
            assertThat(kept(registry)).isEqualTo("1.3");

            assertThat(registry.get("/v1/models/ctr/leases").body()).contains("serving-1", "\"version\":\"1\"");
            assertThat(registry.post(
                                    "/v1/models/ctr/leases",
                                    "{\"version\":\"1\",\"server\":\"serving-1\",\"seconds\":0}")
                            .statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void theParentOfAKeptVersionStays() {
        try (var registry = registry(Map.of())) {
            RegistryClient client = registry.client();
            publish(client, "a");
            Path parent = Snapshots.write(folder.resolve("b"), "b", 0.8);
            client.publish("ctr", parent);
            client.publish("ctr", Snapshots.child(folder.resolve("c"), "c", SnapshotFolder.id(parent)));

            assertThat(kept(registry)).isEqualTo(".23");
        }
    }

    @Test
    void aYoungVersionStaysHoweverManyThereAre() {
        try (var registry = registry(Map.of("registry.keep-for", "1h"))) {
            for (String name : new String[] {"a", "b", "c"}) {
                publish(registry.client(), name);
            }

            assertThat(kept(registry)).isEqualTo("123");
        }
    }

    @Test
    void ofTheRestOnlyTheNewestStays() {
        try (var registry = registry(Map.of())) {
            for (String name : new String[] {"a", "b", "c"}) {
                publish(registry.client(), name);
            }

            assertThat(kept(registry)).isEqualTo("..3");
        }
    }

    private RunningRegistry registry(Map<String, String> settings) {
        Map<String, String> all =
                new java.util.HashMap<>(Map.of("registry.keep-versions", "1", "registry.promote", "false"));
        all.putAll(settings);
        return RunningRegistry.start(folder.resolve("data"), all);
    }

    private void publish(RegistryClient client, String name) {
        client.publish("ctr", Snapshots.write(folder.resolve(name), name, 0.8));
    }

    private static String kept(RunningRegistry registry) {
        var text = new StringBuilder();
        for (int version = 1; version <= 3; version++) {
            int status = registry.get("/api/2.0/mlflow/model-versions/get-download-uri?name=ctr&version=" + version)
                    .statusCode();
            text.append(status == 200 ? Integer.toString(version) : ".");
        }
        return text.toString();
    }
}
