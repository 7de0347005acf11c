package coldstream.registry.artifacts;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.registry.artifacts.Uploads.Taken;
import coldstream.registry.promotion.Promotion;
import coldstream.registry.store.Audit;
import coldstream.registry.store.ModelTable;
import coldstream.registry.store.Refusal;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.VersionTable;
import coldstream.registry.store.Views;
import coldstream.wire.ModelVersion;
import coldstream.wire.ModelVersion.Tag;
import coldstream.wire.RegistryPaths;
import coldstream.wire.RelativePath;
import coldstream.wire.SnapshotFolder;
import coldstream.wire.SnapshotFolder.NotASnapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes versions of uploaded snapshots, all or nothing.
 *
 * <p>The upload is taken out of reach, checked against its manifest, filed under its id, and then becomes a version with
 * its aliases and its place in the audit in one transaction. A process that ends in between leaves either the upload where
 * it was or the snapshot filed; the same request, repeated, goes on from there.
 */
public final class SnapshotIntake {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotIntake.class);
    private static final int MAX_FILES = 10_000;

    private final Store store;
    private final ArtifactStore artifacts;
    private final VerifiedFiles verified;
    private final Retention retention;
    private final Promotion promotion;
    private final long maxBytes;
    private final Clock clock;

    /** What a client asks for. */
    public record Request(
            String model, String source, String runId, String runLink, String description, List<Tag> tags, String who) {

        public Request {
            tags = List.copyOf(tags);
        }
    }

    /** A version, and whether it was made now. */
    public record Result(ModelVersion version, boolean created) {}

    /** @param maxBytes of all files of a snapshot */
    public SnapshotIntake(
            Store store,
            ArtifactStore artifacts,
            VerifiedFiles verified,
            Retention retention,
            Promotion promotion,
            long maxBytes,
            Clock clock) {
        this.store = store;
        this.artifacts = artifacts;
        this.verified = verified;
        this.retention = retention;
        this.promotion = promotion;
        this.maxBytes = maxBytes;
        this.clock = clock;
    }

    public synchronized Result create(Request request) {
        RelativePath source = path(request.source());
        store.read(handle -> Views.requireModel(handle, request.model()));
        try {
            String snapshotId = file(request, source);
            Optional<byte[]> manifest = artifacts.snapshots().holds(snapshotId)
                    ? Optional.of(artifacts.manifest(snapshotId))
                    : Optional.empty();
            Result result = store.write(handle -> register(handle, request, snapshotId, manifest));
            sweep();
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot file the snapshot", e);
        }
    }

    /** Removes what is no longer kept, now or next time; never while a snapshot is on its way in. */
    public synchronized void sweep() {
        try {
            retention.apply();
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().setCause(e).log("old snapshots could not be removed");
        }
    }

    /** Checks the upload and files it; the id of the snapshot. */
    private String file(Request request, RelativePath source) throws IOException {
        if (source.names().get(0).equals(RegistryPaths.SNAPSHOTS)) {
            return earlier(request, source.names().get(source.names().size() - 1));
        }
        Optional<Taken> upload = artifacts.uploads().take(source);
        if (upload.isEmpty()) {
            String uploaded = store.read(handle -> VersionTable.uploaded(handle, request.model(), request.source()))
                    .orElseThrow(() -> Refusal.RESOURCE_DOES_NOT_EXIST.because(
                            "the source must be an uploaded folder, got " + request.source()));
            return earlier(request, uploaded);
        }
        Taken taken = upload.get();
        boolean kept = false;
        try {
            checkSize(SnapshotFolder.manifest(taken.folder()));
            SnapshotManifest manifest = SnapshotFolder.verify(taken.folder());
            checkModel(request, manifest);
            String snapshotId = SnapshotFolder.id(taken.folder());
            store.change(handle ->
                    VersionTable.noteUpload(handle, request.model(), request.source(), snapshotId, clock.millis()));
            if (artifacts.snapshots().holds(snapshotId) && !verified.isWhole(snapshotId)) {
                artifacts.snapshots().delete(snapshotId); // damaged since: this upload repairs it
                verified.forget(snapshotId);
                LOG.atWarn().addKeyValue("snapshot", snapshotId).log("a damaged snapshot is replaced");
            }
            artifacts.snapshots().keep(taken.folder(), snapshotId);
            kept = true;
            return snapshotId;
        } catch (NotASnapshot e) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(e);
        } finally {
            if (!kept) {
                artifacts.uploads().giveBack(taken);
            }
        }
    }

    private String earlier(Request request, String snapshotId) throws IOException {
        boolean known = artifacts.snapshots().holds(snapshotId)
                || store.read(handle -> VersionTable.findSnapshot(handle, request.model(), snapshotId))
                        .isPresent();
        if (!known) {
            throw Refusal.RESOURCE_DOES_NOT_EXIST.because(
                    "the source must be an uploaded folder, got " + request.source());
        }
        return snapshotId;
    }

    private Result register(Handle handle, Request request, String snapshotId, Optional<byte[]> held) {
        Optional<VersionRow> before = VersionTable.findSnapshot(handle, request.model(), snapshotId);
        if (before.isPresent()) {
            VersionTable.setStored(handle, before.get(), held.isPresent());
            return new Result(
                    Views.version(
                            handle,
                            Views.requireVersion(
                                    handle, request.model(), "" + before.get().version())),
                    false);
        }
        byte[] json = held.orElseThrow(() -> Refusal.RESOURCE_DOES_NOT_EXIST.because(
                "the source must be an uploaded folder, got " + request.source()));
        SnapshotManifest manifest = SnapshotFolder.manifest(json);
        checkModel(request, manifest);
        VersionRow row = row(handle, request, snapshotId, manifest);
        VersionTable.insert(handle, row, new String(json, StandardCharsets.UTF_8));
        request.tags().forEach(tag -> VersionTable.setTag(handle, row.model(), row.version(), tag));
        ModelTable.touch(handle, row.model(), clock.millis());
        Map<String, String> details = Map.of(
                "snapshot", snapshotId,
                "parent", manifest.parent().orElse(""),
                "samples", Long.toString(manifest.samples()),
                "bytes", Long.toString(row.sizeBytes()));
        Audit.append(
                handle,
                new RegistryEvent(
                        Kind.VERSION_CREATED,
                        row.model(),
                        Integer.toString(row.version()),
                        Optional.empty(),
                        request.who(),
                        "a snapshot was published",
                        clock.instant(),
                        details));
        promotion.consider(handle, row, manifest);
        return new Result(Views.version(handle, row), true);
    }

    private VersionRow row(Handle handle, Request request, String snapshotId, SnapshotManifest manifest) {
        return new VersionRow(
                request.model(),
                VersionTable.newest(handle, request.model()) + 1,
                snapshotId,
                request.source(),
                request.runId(),
                request.runLink(),
                request.description(),
                VersionRow.NO_STAGE,
                bytes(manifest),
                true,
                clock.millis(),
                clock.millis());
    }

    /** Before its files are read. */
    private void checkSize(SnapshotManifest manifest) {
        long bytes = bytes(manifest);
        int files = manifest.files().size();
        if (bytes > maxBytes || files > MAX_FILES) {
            throw Refusal.RESOURCE_LIMIT_EXCEEDED.because(
                    "a snapshot must have at most %d bytes in %d files, got %d in %d"
                            .formatted(maxBytes, MAX_FILES, bytes, files));
        }
    }

    private static long bytes(SnapshotManifest manifest) {
        return manifest.files().values().stream().mapToLong(FileDigest::size).sum();
    }

    private static void checkModel(Request request, SnapshotManifest manifest) {
        if (!manifest.model().equals(request.model())) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "the snapshot must be of model " + request.model() + ", got " + manifest.model());
        }
    }

    private static RelativePath path(String source) {
        try {
            return RegistryPaths.artifactPath(source);
        } catch (IllegalArgumentException e) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(e);
        }
    }
}
