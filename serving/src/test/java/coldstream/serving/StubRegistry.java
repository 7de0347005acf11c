package coldstream.serving;

import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.wire.Json;
import coldstream.wire.ModelVersion;
import coldstream.wire.ModelVersion.Status;
import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.RegistryPaths;
import coldstream.wire.SnapshotFolder;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The part of the registry that serving asks, over snapshot folders of the test's own. */
final class StubRegistry implements AutoCloseable {

    static {
        // Else a small answer waits for the client's delayed acknowledgement, up to 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final Path folder;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Path> versions = new ConcurrentHashMap<>();
    private final Map<String, String> aliases = new ConcurrentHashMap<>();
    private final Map<String, Tag> tags = new ConcurrentHashMap<>();

    StubRegistry(Path folder) throws IOException {
        this(folder, 0);
    }

    StubRegistry(Path folder, int port) throws IOException {
        this.folder = folder;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext(RegistryPaths.MODELS, this::answer);
        server.createContext(RegistryPaths.ARTIFACTS, this::file);
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    int port() {
        return server.getAddress().getPort();
    }

    void champion(String version) {
        aliases.put(RegistryPaths.CHAMPION, version);
    }

    void alias(String alias, String version) {
        aliases.put(alias, version);
    }

    void removeAlias(String alias) {
        aliases.remove(alias);
    }

    /** A note on a version, beside its snapshot's. */
    void tag(String version, String key, String value) {
        tags.put(version, new Tag(key, value));
    }

    /** Adds a version whose snapshot is this table. */
    Path add(String version, FakeModel.Table table) {
        return add(version, table, Map.of("coldstream.samples.v1-0", Long.parseLong(version)));
    }

    Path add(String version, FakeModel.Table table, Map<String, Long> offsets) {
        try {
            Path snapshot = Files.createDirectories(folder.resolve("v" + version));
            Files.write(snapshot.resolve("table.json"), Json.write(table));
            Files.write(
                    snapshot.resolve(SnapshotManifest.FILE_NAME),
                    Json.write(manifest(offsets, SnapshotFolder.digests(snapshot))));
            versions.put(version, snapshot);
            return snapshot;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a snapshot that was written elsewhere. */
    void put(String version, Path snapshot) {
        versions.put(version, snapshot);
    }

    /** Adds a snapshot that was written elsewhere, but for its manifest. */
    void adopt(String version, Path snapshot) throws IOException {
        Files.write(
                snapshot.resolve(SnapshotManifest.FILE_NAME),
                Json.write(manifest(Map.of(), SnapshotFolder.digests(snapshot))));
        versions.put(version, snapshot);
    }

    private static SnapshotManifest manifest(Map<String, Long> offsets, Map<String, FileDigest> files) {
        return new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                "ctr",
                Optional.empty(),
                Instant.now(),
                1,
                1,
                offsets,
                Optional.empty(),
                123,
                Optional.of(Instant.now().minusSeconds(5)),
                Optional.of(Instant.now().minusSeconds(1)),
                1,
                Map.of("backbone", "dcnv2"),
                "hash",
                "unknown",
                Map.of(),
                Map.of(),
                files);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = exchange.getRequestURI().getQuery();
        if (path.endsWith("/alias")) {
            String named = aliases.getOrDefault(query.substring(query.indexOf("alias=") + "alias=".length()), "");
            Path snapshot = versions.get(named);
            if (snapshot == null) {
                send(exchange, 404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"none\"}");
                return;
            }
            send(
                    exchange,
                    200,
                    new String(Json.write(Map.of("model_version", view(named, snapshot))), StandardCharsets.UTF_8));
        } else {
            String version = query.substring(query.indexOf("version=") + "version=".length());
            send(exchange, 200, "{\"artifact_uri\":\"mlflow-artifacts:/snapshots/v" + version + "\"}");
        }
    }

    private ModelVersion view(String version, Path snapshot) {
        List<Tag> all = new ArrayList<>();
        all.add(new Tag(ModelVersion.SNAPSHOT_TAG, SnapshotFolder.id(snapshot)));
        Optional.ofNullable(tags.get(version)).ifPresent(all::add);
        return new ModelVersion(
                "ctr", version, 0, 0, "", "None", "", "", "", "", Status.READY, Optional.empty(), all, List.of());
    }

    private void file(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring((RegistryPaths.ARTIFACTS + "/snapshots/v").length());
        String version = path.substring(0, path.indexOf('/'));
        Path file = versions.getOrDefault(version, folder).resolve(path.substring(path.indexOf('/') + 1));
        if (!Files.isRegularFile(file)) {
            send(exchange, 404, "{\"error_code\":\"RESOURCE_DOES_NOT_EXIST\",\"message\":\"none\"}");
            return;
        }
        byte[] bytes = Files.readAllBytes(file);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
