package coldstream.wire;

import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Moves the files of snapshots to the registry and from there, each checked by its sha256. */
final class SnapshotTransfer {

    private static final Duration SLOW = Duration.ofSeconds(30);
    private static final int BYTES_PER_MILLISECOND = 1_000;

    private final RegistryHttp http;

    SnapshotTransfer(RegistryHttp http) {
        this.http = http;
    }

    /** Uploads a snapshot's manifest and every file it lists to a place of its own, which is returned. */
    RelativePath upload(Path snapshot, SnapshotManifest manifest) {
        var staging = new RelativePath(
                List.of(RegistryPaths.STAGING, UUID.randomUUID().toString()));
        manifest.files().forEach((path, digest) -> upload(staging, snapshot, path, digest));
        upload(staging, snapshot, SnapshotManifest.FILE_NAME, new FileDigest(0, SnapshotFolder.id(snapshot)));
        return staging;
    }

    private void upload(RelativePath staging, Path snapshot, String path, FileDigest digest) {
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

    /**
     * Fetches the snapshot at a place into {@code folder}, which appears whole and checked or not at all.
     *
     * @throws SnapshotFolder.NotASnapshot if the files are not those of the manifest
     */
    SnapshotManifest download(RelativePath place, Path folder) {
        Path part = folder.resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID());
        try {
            Files.createDirectories(part);
            fetch(place, SnapshotManifest.FILE_NAME, part, 0);
            SnapshotFolder.manifest(part).files().forEach((path, digest) -> fetch(place, path, part, digest.size()));
            SnapshotManifest manifest = SnapshotFolder.verify(part);
            Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE);
            return manifest;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + folder, e);
        } finally {
            FolderDeletion.delete(part);
        }
    }

    private void fetch(RelativePath place, String path, Path part, long size) {
        Path file = RelativePath.of(path).below(part);
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
        http.send(
                http.request(RegistryPaths.artifact(join(place, path)), timeout(size))
                        .GET()
                        .build(),
                BodyHandlers.ofFile(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING));
    }

    /**
     * One file of the snapshot at a place; empty where its manifest has none of that path.
     *
     * @param most bytes it may have
     * @throws SnapshotFolder.NotASnapshot if it is not that of the manifest
     * @throws RegistryException.Corrupt if it is larger
     */
    Optional<byte[]> file(RelativePath place, String path, int most) {
        FileDigest wanted = SnapshotFolder.manifest(bytes(place, SnapshotManifest.FILE_NAME))
                .files()
                .get(path);
        if (wanted == null) {
            return Optional.empty();
        }
        if (wanted.size() > most) {
            throw new RegistryException.Corrupt(
                    "%s must have at most %d bytes, got %d".formatted(path, most, wanted.size()));
        }
        byte[] bytes = bytes(place, path);
        String found = HexFormat.of().formatHex(SnapshotFolder.sha256().digest(bytes));
        if (!found.equals(wanted.sha256())) {
            throw new SnapshotFolder.NotASnapshot(
                    "%s must have sha256 %s, got %s".formatted(path, wanted.sha256(), found));
        }
        return Optional.of(bytes);
    }

    private byte[] bytes(RelativePath place, String path) {
        HttpRequest request = http.request(RegistryPaths.artifact(join(place, path)), SLOW)
                .GET()
                .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }

    private static Duration timeout(long size) {
        return SLOW.plusMillis(size / BYTES_PER_MILLISECOND);
    }

    private static RelativePath join(RelativePath folder, String path) {
        List<String> names = new ArrayList<>(folder.names());
        names.addAll(RelativePath.of(path).names());
        return new RelativePath(names);
    }
}
