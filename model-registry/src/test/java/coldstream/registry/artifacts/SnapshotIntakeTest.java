package coldstream.registry.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.registry.RegistryConfigs;
import coldstream.registry.RunningRegistry;
import coldstream.registry.Snapshots;
import coldstream.registry.store.Database;
import coldstream.registry.store.VersionTable;
import coldstream.wire.RegistryClient;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotIntakeTest {

    private static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts/";

    private final Path folder;
    private final Path data;
    private RunningRegistry registry;

    SnapshotIntakeTest(@TempDir Path folder) {
        this.folder = folder;
        data = folder.resolve("data");
        registry = RunningRegistry.start(data, Map.of("registry.keep-versions", "2"));
        registry.post("/api/2.0/mlflow/registered-models/create", "{\"name\":\"ctr\"}");
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aTornFileIsRefusedAndNothingIsVisible() {
        Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);
        upload(snapshot, "u1");
        registry.put(ARTIFACTS + "staging/u1/dense.safetensors", "cont");

        assertRefused(create("u1"), "dense.safetensors must have 7 bytes, got 4");
    }

    @Test
    void aFileThatLiesAboutItsContentIsRefused() {
        upload(Snapshots.write(folder.resolve("a"), "content", 0.8), "u1");
        registry.put(ARTIFACTS + "staging/u1/dense.safetensors", "CONTENT");

        assertRefused(create("u1"), "dense.safetensors must have sha256");
    }

    @Test
    void aMissingFileIsRefused() throws IOException {
        Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);
        Files.delete(snapshot.resolve("dense.safetensors"));
        upload(snapshot, "u1");

        assertRefused(create("u1"), "the snapshot must have the file dense.safetensors of its manifest, got none");
    }

    @Test
    void aFileTheManifestDoesNotKnowIsRefused() {
        upload(Snapshots.write(folder.resolve("a"), "content", 0.8), "u1");
        registry.put(ARTIFACTS + "staging/u1/stowaway", "x");

        assertRefused(create("u1"), "every file must be in the manifest, got stowaway");
    }

    @Test
    void aMissingOrUnreadableManifestIsRefused() {
        registry.put(ARTIFACTS + "staging/u1/dense.safetensors", "x");
        assertRefused(create("u1"), "a snapshot must have a manifest.json, got none");

        registry.put(ARTIFACTS + "staging/u1/manifest.json", "{\"format_version\": 1}");
        assertRefused(create("u1"), "the manifest cannot be read");
    }

    @Test
    void aManifestThatPointsOutsideIsRefused() throws IOException {
        Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);
        Map<String, FileDigest> files = new HashMap<>(SnapshotFolder.digests(snapshot));
        files.put("../../registry.mv.db", new FileDigest(1, "00"));
        Snapshots.seal(snapshot, Map.of(), files);
        upload(snapshot, "u1");

        assertRefused(create("u1"), "a path must have plain names between its slashes");
    }

    @Test
    void aSnapshotOfAnotherModelIsRefused() {
        registry.post("/api/2.0/mlflow/registered-models/create", "{\"name\":\"other\"}");
        upload(Snapshots.write(folder.resolve("a"), "content", 0.8), "u1");

        HttpResponse<String> answer = registry.post(
                "/api/2.0/mlflow/model-versions/create",
                "{\"name\":\"other\",\"source\":\"mlflow-artifacts:/staging/u1\"}");

        assertRefused(answer, "the snapshot must be of model other, got ctr");
    }

    @Test
    void aSourceSomewhereElseIsRefused() {
        for (String source : new String[] {"s3://bucket/x", "file:///etc", "mlflow-artifacts:/../x", "staging/u1"}) {
            HttpResponse<String> answer = registry.post(
                    "/api/2.0/mlflow/model-versions/create", "{\"name\":\"ctr\",\"source\":\"" + source + "\"}");

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("INVALID_PARAMETER_VALUE");
        }
    }

    @Test
    void aRefusalIsTheSameWhenAskedAgainAndCanBeRepaired() {
        Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);
        upload(snapshot, "u1");
        registry.put(ARTIFACTS + "staging/u1/dense.safetensors", "cont");

        assertThat(create("u1").body()).isEqualTo(create("u1").body());
        upload(snapshot, "u1");

        assertThat(create("u1").body()).contains("\"version\":\"1\"");
    }

    @Test
    void aRepeatedRequestGivesTheSameVersion() {
        upload(Snapshots.write(folder.resolve("a"), "content", 0.8), "u1");

        assertThat(create("u1").body()).isEqualTo(create("u1").body()).contains("\"version\":\"1\"", "READY");
    }

    @Test
    void theSameSnapshotUploadedAgainGivesTheSameVersion() {
        RegistryClient client = registry.client();
        Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);

        assertThat(client.publish("ctr", snapshot)).isEqualTo("1");
        assertThat(client.publish("ctr", Snapshots.write(folder.resolve("b"), "other", 0.8)))
                .isEqualTo("2");
        assertThat(client.publish("ctr", snapshot)).isEqualTo("1");
        assertThat(client.alias("ctr", "champion")).contains("2");
    }

    @Test
    void aProcessThatEndsAfterFilingGoesOnWhenAskedAgain() throws IOException {
        Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);
        upload(snapshot, "u1");
        String id = SnapshotFolder.id(snapshot);
        registry.close();
        // what is on disk when the process ends between the rename and the transaction
        try (Database database = Database.open(RegistryConfigs.database(data))) {
            database.jdbi()
                    .useHandle(handle -> VersionTable.noteUpload(
                            handle, "ctr", "mlflow-artifacts:/staging/u1", id, System.currentTimeMillis()));
        }
        Path files = data.resolve("registry/files");
        Files.move(files.resolve("staging/u1"), files.resolve("snapshots").resolve(id));
        registry = RunningRegistry.start(data);

        assertThat(registry.client().version("ctr", "1")).isEmpty();
        assertThat(create("u1").body()).contains("\"version\":\"1\"");
    }

    @Test
    void anUploadBeingCheckedWhenTheProcessEndsIsThereAgain() throws IOException {
        upload(Snapshots.write(folder.resolve("a"), "content", 0.8), "u1");
        registry.close();
        Path root = data.resolve("registry");
        Files.move(root.resolve("files/staging/u1"), root.resolve("taken/staging%2Fu1"));
        registry = RunningRegistry.start(data);

        assertThat(create("u1").body()).contains("\"version\":\"1\"");
    }

    @Test
    void whatWasAnsweredSurvivesAKill() throws IOException {
        registry.client().publish("ctr", Snapshots.write(folder.resolve("a"), "content", 0.8));
        Path copy = folder.resolve("copy");
        copy(data, copy); // the files as a kill leaves them: nobody closed the database

        try (var other = RunningRegistry.start(copy)) {
            assertThat(other.client().alias("ctr", "champion")).contains("1");
            assertThat(other.client().events("ctr")).hasSize(3);
        }
    }

    @Test
    void onlyTheNewestVersionsAndThoseWithAnAliasKeepTheirFiles() throws IOException {
        RegistryClient client = registry.client();
        for (int i = 1; i <= 5; i++) {
            client.publish("ctr", Snapshots.write(folder.resolve("s" + i), "content " + i, 0.8));
            if (i == 1) {
                client.setAlias("ctr", "pinned", "1");
            }
        }

        assertThat(downloadable()).isEqualTo("1..45");
        try (Stream<Path> kept = Files.list(data.resolve("registry/files/snapshots"))) {
            assertThat(kept).hasSize(3);
        }
        assertThat(client.version("ctr", "2").orElseThrow().statusMessage()).contains("its files are no longer kept");
    }

    @Test
    void aVersionWhoseFilesWentGetsThemBackWhenItIsPublishedAgain() {
        RegistryClient client = registry.client();
        for (int i = 1; i <= 3; i++) {
            client.publish("ctr", Snapshots.write(folder.resolve("s" + i), "content " + i, 0.8));
        }

        assertThat(client.publish("ctr", folder.resolve("s1"))).isEqualTo("1");

        assertThat(client.alias("ctr", "champion")).contains("3");
    }

    @Test
    void manyAtOnceGetAVersionEachAndOneOfThemIsChampion() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        List<Future<String>> published = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Path snapshot = Snapshots.write(folder.resolve("s" + i), "content " + i, 0.8);
            published.add(threads.submit(() -> registry.client().publish("ctr", snapshot)));
        }

        List<String> versions = new ArrayList<>();
        for (Future<String> each : published) {
            versions.add(each.get(4, TimeUnit.MINUTES));
        }
        threads.shutdown();

        assertThat(versions).containsExactlyInAnyOrder("1", "2", "3", "4", "5", "6");
        assertThat(registry.client().alias("ctr", "champion")).contains("6");
        assertThat(registry.client().events("ctr")).hasSize(18);
    }

    private String downloadable() {
        var text = new StringBuilder();
        for (int version = 1; version <= 5; version++) {
            int status = registry.get("/api/2.0/mlflow/model-versions/get-download-uri?name=ctr&version=" + version)
                    .statusCode();
            text.append(status == 200 ? Integer.toString(version) : ".");
        }
        return text.toString();
    }

    private void upload(Path snapshot, String name) {
        var files = new TreeMap<>(SnapshotFolder.digests(snapshot));
        files.put("manifest.json", new FileDigest(0, ""));
        files.keySet().forEach(path -> {
            try {
                registry.put(ARTIFACTS + "staging/" + name + "/" + path, Files.readString(snapshot.resolve(path)));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private HttpResponse<String> create(String name) {
        return registry.post(
                "/api/2.0/mlflow/model-versions/create",
                "{\"name\":\"ctr\",\"source\":\"mlflow-artifacts:/staging/" + name + "\"}");
    }

    private void assertRefused(HttpResponse<String> answer, String why) {
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"error_code\":\"INVALID_PARAMETER_VALUE\"", why);
        assertThat(registry.get("/api/2.0/mlflow/model-versions/search").body()).isEqualTo("{\"model_versions\":[]}");
        assertThat(registry.get(ARTIFACTS.substring(0, ARTIFACTS.length() - 1) + "?path=snapshots")
                        .body())
                .isEqualTo("{\"files\":[]}");
        assertThat(registry.client().alias("ctr", "champion")).isEmpty();
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else if (!path.toString().endsWith(".lock.db")) {
                    Files.copy(path, target);
                }
            }
        }
    }
}
