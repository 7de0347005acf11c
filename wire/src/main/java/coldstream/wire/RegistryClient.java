package coldstream.wire;

import coldstream.domain.RegistryEvent;
import coldstream.domain.SnapshotManifest;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The registry as other processes see it. Every call has a time-out and is repeated where that may help; every call may be
 * repeated by the caller too.
 *
 * <p>Thread-safe. Calls throw {@link RegistryException}.
 */
public final class RegistryClient {

    private static final Duration SLOW = Duration.ofSeconds(30);
    private static final String NOT_THERE = "RESOURCE_DOES_NOT_EXIST";

    private final RegistryHttp http;
    private final Duration quick;
    private final SnapshotTransfer files;
    private final BackupTransfer backups;

    /** A client that tries for about 5 s. */
    public RegistryClient(URI registry, Optional<String> token) {
        this(registry, token, 6, Duration.ofMillis(150));
    }

    /**
     * @param attempts of each request, at least 1
     * @param pause before the second attempt; doubles each time, up to 5 s
     */
    public RegistryClient(URI registry, Optional<String> token, int attempts, Duration pause) {
        this(registry, token, attempts, pause, Duration.ofSeconds(10));
    }

    /**
     * @param attempts of each request, at least 1
     * @param pause before the second attempt; doubles each time, up to 5 s
     * @param quick longest wait for the answer to a question; what moves or checks files may take longer
     */
    public RegistryClient(URI registry, Optional<String> token, int attempts, Duration pause, Duration quick) {
        this.http = new RegistryHttp(registry, token, attempts, pause);
        this.quick = quick;
        files = new SnapshotTransfer(http);
        backups = new BackupTransfer(http);
    }

    /**
     * Makes a version of a snapshot: uploads its files, then asks for the version, which the registry checks and shows all
     * at once. The same snapshot again gives the same version.
     */
    public String publish(String model, Path snapshot) {
        SnapshotManifest manifest = SnapshotFolder.manifest(snapshot);
        post("/registered-models/create", Map.of("name", model));
        String source = RegistryPaths.artifactUri(files.upload(snapshot, manifest));
        return post("/model-versions/create", Map.of("name", model, "source", source))
                .modelVersion()
                .orElseThrow()
                .version();
    }

    /** The version an alias points to. */
    public Optional<String> alias(String model, String alias) {
        return aliased(model, alias).map(ModelVersion::version);
    }

    /** What the registry knows of the version an alias points to. */
    public Optional<ModelVersion> aliased(String model, String alias) {
        return find("/registered-models/alias?name=" + RegistryPaths.encode(model) + "&alias="
                + RegistryPaths.encode(alias));
    }

    /** Points an alias to a version. */
    public void setAlias(String model, String alias, String version) {
        post("/registered-models/alias", Map.of("name", model, "alias", alias, "version", version));
    }

    /**
     * Says that a server uses a version, so that its files stay for that long.
     *
     * @param server a name of its own, at most 200 characters
     */
    public void lease(String model, String version, String server, Duration duration) {
        Map<String, Object> body = Map.of("version", version, "server", server, "seconds", duration.toSeconds());
        HttpRequest request = http.request(RegistryPaths.leases(model), quick)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(body)))
                .build();
        http.send(request, BodyHandlers.discarding());
    }

    /** What the registry knows of a version. */
    public Optional<ModelVersion> version(String model, String version) {
        return find("/model-versions/get?" + nameAndVersion(model, version));
    }

    /** The newest versions of a model, newest first. */
    public List<ModelVersion> versions(String model, int most) {
        String filter = RegistryPaths.encode("name = '" + model.replace("'", "''") + "'");
        HttpRequest request = http.request(
                        RegistryPaths.MODELS + "/model-versions/search?filter=" + filter + "&max_results=" + most
                                + "&order_by=" + RegistryPaths.encode("version_number DESC"),
                        quick)
                .GET()
                .build();
        return Json.read(http.send(request, BodyHandlers.ofByteArray()), Versions.class)
                .modelVersions()
                .orElse(List.of());
    }

    /** The audit of a model, oldest first. */
    public List<RegistryEvent> events(String model) {
        HttpRequest request =
                http.request(RegistryPaths.events(model), quick).GET().build();
        return Json.read(http.send(request, BodyHandlers.ofByteArray()), Events.class)
                .events();
    }

    /**
     * Fetches a version into {@code folder}, which appears whole and checked or not at all. A folder that is already there
     * and whole is kept.
     *
     * @throws RegistryException.Corrupt if the files are not those of the manifest
     */
    public SnapshotManifest download(String model, String version, Path folder) {
        if (Files.isDirectory(folder)) {
            try {
                return SnapshotFolder.verify(folder);
            } catch (SnapshotFolder.NotASnapshot e) {
                FolderDeletion.delete(folder);
            }
        }
        try {
            return files.download(place(model, version), folder);
        } catch (SnapshotFolder.NotASnapshot | RegistryException.Corrupt e) {
            throw damaged(model, version, e);
        }
    }

    /**
     * One file of a version, checked against its manifest; empty where the version has none of that path.
     *
     * @param most bytes it may have
     * @throws RegistryException.Corrupt if it is not that of the manifest, or larger
     */
    public Optional<byte[]> file(String model, String version, String path, int most) {
        try {
            return files.file(place(model, version), path, most);
        } catch (SnapshotFolder.NotASnapshot e) {
            throw damaged(model, version, e);
        }
    }

    private RelativePath place(String model, String version) {
        return RegistryPaths.artifactPath(get("/model-versions/get-download-uri?" + nameAndVersion(model, version))
                .artifactUri()
                .orElseThrow());
    }

    private static RegistryException.Corrupt damaged(String model, String version, RuntimeException why) {
        return new RegistryException.Corrupt(
                "version " + version + " of " + model + " is damaged: " + why.getMessage());
    }

    /**
     * Fetches everything the registry keeps as one file, which appears whole or not at all and only its owner may read.
     *
     * @return its size in bytes
     */
    public long backup(Path file) {
        return backups.fetch(file);
    }

    private static String nameAndVersion(String model, String version) {
        return "name=" + RegistryPaths.encode(model) + "&version=" + RegistryPaths.encode(version);
    }

    private Optional<ModelVersion> find(String path) {
        try {
            return get(path).modelVersion();
        } catch (RegistryException.Refused e) {
            if (e.errorCode().equals(NOT_THERE)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Reply get(String path) {
        return reply(http.request(RegistryPaths.MODELS + path, quick).GET().build());
    }

    private Reply post(String path, Map<String, String> body) {
        return reply(http.request(RegistryPaths.MODELS + path, SLOW)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Json.write(body)))
                .build());
    }

    private Reply reply(HttpRequest request) {
        return Json.read(http.send(request, BodyHandlers.ofByteArray()), Reply.class);
    }

    private record Reply(Optional<ModelVersion> modelVersion, Optional<String> artifactUri) {}

    private record Versions(Optional<List<ModelVersion>> modelVersions) {}

    private record Events(List<RegistryEvent> events) {}
}
