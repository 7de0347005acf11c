package coldstream.registry;

import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.domain.StratumMetrics;
import coldstream.wire.Json;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Snapshot folders for tests: real manifests over small files. */
public final class Snapshots {

    public static final String MODEL = "ctr";

    private Snapshots() {}

    /** A good snapshot; another {@code content} makes another snapshot. */
    public static Path write(Path folder, String content, double auc) {
        return write(folder, content, Map.of("overall", metrics(auc, 0.005, 1_000)));
    }

    public static Path write(Path folder, String content, Map<String, StratumMetrics> window) {
        try {
            Files.createDirectories(folder.resolve("rows"));
            Files.writeString(folder.resolve("dense.safetensors"), content);
            Files.writeString(folder.resolve("rows/items.safetensors"), content + " rows");
            seal(folder, window, SnapshotFolder.digests(folder));
            return folder;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** A good snapshot that continues another one. */
    public static Path child(Path folder, String content, String parent) {
        write(folder, content, 0.8);
        try {
            Files.delete(folder.resolve(SnapshotManifest.FILE_NAME));
            seal(folder, Optional.of(parent), Map.of(), SnapshotFolder.digests(folder));
            return folder;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Writes a manifest that lists these files, whether they are there or not. */
    public static void seal(Path folder, Map<String, StratumMetrics> window, Map<String, FileDigest> files)
            throws IOException {
        seal(folder, Optional.empty(), window, files);
    }

    private static void seal(
            Path folder, Optional<String> parent, Map<String, StratumMetrics> window, Map<String, FileDigest> files)
            throws IOException {
        var manifest = new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                MODEL,
                parent,
                Instant.parse("2026-01-01T12:00:00Z"),
                7,
                8,
                Map.of("coldstream.samples.v1-0", 99L),
                Optional.empty(),
                1_000,
                Optional.empty(),
                Optional.empty(),
                42,
                Map.of("backbone", "dcnv2"),
                "hash",
                "unknown",
                window,
                window,
                files);
        Files.write(folder.resolve(SnapshotManifest.FILE_NAME), Json.write(manifest));
    }

    public static StratumMetrics metrics(double auc, double half, long n) {
        return new StratumMetrics(auc, auc - half, auc + half, 0.5, n);
    }
}
