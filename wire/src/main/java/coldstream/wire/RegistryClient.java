package coldstream.wire;

import coldstream.domain.RegistryEvent;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The registry as other processes see it. Every call has a time-out and is repeated where that may help; every call may be
 * repeated by the caller too.
 *
 * <p>Thread-safe. Calls throw {@link RegistryException}.
 */
public final class RegistryClient {

    private static final Duration SLOW = Duration.ofSeconds(30);
    private static final int BYTES_PER_MILLISECOND = 1_000;
    private static final String WHOLE = "complete.json";
    private static final String NOT_THERE = "RESOURCE_DOES_NOT_EXIST";

    private final RegistryHttp http;
    private final Duration quick;

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
    }

    /**
     * Makes a version of a snapshot: uploads its files, then asks for the version, which the registry checks and shows all
     * at once. The same snapshot again gives the same version.
     */
    public String publish(String model, Path snapshot) {
        SnapshotManifest manifest = SnapshotFolder.manifest(snapshot);
        post("/registered-models/create", Map.of("name", model));
        List<String> staging = List.of(RegistryPaths.STAGING, UUID.randomUUID().toString());
        manifest.files().forEach((path, digest) -> upload(staging, snapshot, path, digest));
        upload(staging, snapshot, SnapshotManifest.FILE_NAME, new FileDigest(0, SnapshotFolder.id(snapshot)));
        String source = RegistryPaths.artifactUri(new RelativePath(staging));
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
        Path part = folder.resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID());
        try {
            if (Files.isDirectory(folder)) {
                try {
                    return SnapshotFolder.verify(folder);
                } catch (SnapshotFolder.NotASnapshot e) {
                    delete(folder);
                }
            }
            String uri = get("/model-versions/get-download-uri?" + nameAndVersion(model, version))
                    .artifactUri()
                    .orElseThrow();
            RelativePath place = RegistryPaths.artifactPath(uri);
            Files.createDirectories(part);
            fetch(place, SnapshotManifest.FILE_NAME, part, 0);
            Map<String, FileDigest> files = SnapshotFolder.manifest(part).files();
            files.forEach((path, digest) -> fetch(place, path, part, digest.size()));
            SnapshotManifest manifest = SnapshotFolder.verify(part);
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
            return manifest;
        } catch (SnapshotFolder.NotASnapshot | RegistryException.Corrupt e) {
            throw new RegistryException.Corrupt(
                    "version " + version + " of " + model + " is damaged: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        } finally {
            delete(part);
        }
    }

    /**
     * One file of a version, checked against its manifest; empty where the version has none of that path.
     *
     * @param most bytes it may have
     * @throws RegistryException.Corrupt if it is not that of the manifest, or larger
     */
    public Optional<byte[]> file(String model, String version, String path, int most) {
        String uri = get("/model-versions/get-download-uri?" + nameAndVersion(model, version))
                .artifactUri()
                .orElseThrow();
        RelativePath place = RegistryPaths.artifactPath(uri);
        try {
            FileDigest wanted = SnapshotFolder.manifest(bytes(place, SnapshotManifest.FILE_NAME))
                    .files()
                    .get(path);
            if (wanted == null) {
                return Optional.empty();
            }
            if (wanted.size() > most) {
                throw new RegistryException.Corrupt("%s of version %s must have at most %d bytes, got %d"
                        .formatted(path, version, most, wanted.size()));
            }
            byte[] bytes = bytes(place, path);
            String found = HexFormat.of().formatHex(SnapshotFolder.sha256().digest(bytes));
            if (!found.equals(wanted.sha256())) {
                throw new RegistryException.Corrupt("%s of version %s must have sha256 %s, got %s"
                        .formatted(path, version, wanted.sha256(), found));
            }
            return Optional.of(bytes);
        } catch (SnapshotFolder.NotASnapshot e) {
            throw new RegistryException.Corrupt(
                    "version " + version + " of " + model + " is damaged: " + e.getMessage());
        }
    }

    private byte[] bytes(RelativePath place, String path) {
        HttpRequest request = http.request(RegistryPaths.artifact(join(place.names(), path)), SLOW)
                .GET()
                .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }

    /**
     * Fetches everything the registry keeps as one file, which appears whole or not at all and only its owner may read.
     *
     * @return its size in bytes
     */
    public long backup(Path file) {
        Path part = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            if (part.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(part);
            }
            HttpRequest request = http.request(RegistryPaths.BACKUP, Duration.ofHours(12))
                    .GET()
                    .build();
            http.send(
                    request, BodyHandlers.ofFile(part, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING));
            try (var zip = new ZipFile(part.toFile())) {
                if (zip.getEntry(WHOLE) == null) {
                    throw new RegistryException.Corrupt("a backup must hold " + WHOLE + ", got one that was cut off");
                }
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            return Files.size(file);
        } catch (ZipException e) {
            throw new RegistryException.Corrupt("a backup must be a whole zip file, got one that was cut off");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        } finally {
            delete(part);
        }
    }

    private void upload(List<String> staging, Path snapshot, String path, FileDigest digest) {
        try {
            byte[] sha256 = HexFormat.of().parseHex(digest.sha256());
            HttpRequest request = http.request(RegistryPaths.artifact(join(staging, path)), timeout(digest.size()))
                    .header("Content-Digest", "sha-256=:" + Base64.getEncoder().encodeToString(sha256) + ":")
                    .PUT(BodyPublishers.ofFile(RelativePath.of(path).below(snapshot)))
                    .build();
            http.send(request, BodyHandlers.discarding());
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException("cannot read " + path + " of the snapshot", e);
        }
    }

    private void fetch(RelativePath place, String path, Path part, long size) {
        Path file = RelativePath.of(path).below(part);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        HttpRequest request = http.request(RegistryPaths.artifact(join(place.names(), path)), timeout(size))
                .GET()
                .build();
        http.send(
                request,
                BodyHandlers.ofFile(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING));
    }

    private static Duration timeout(long size) {
        return SLOW.plusMillis(size / BYTES_PER_MILLISECOND);
    }

    private static RelativePath join(List<String> folder, String path) {
        List<String> names = new ArrayList<>(folder);
        names.addAll(RelativePath.of(path).names());
        return new RelativePath(names);
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

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException failure)
                        throws IOException {
                    Files.delete(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
