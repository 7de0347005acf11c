package coldstream.serving;

import coldstream.domain.SnapshotManifest;
import coldstream.serving.delta.DeltaLine;
import coldstream.wire.EpochMarker;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A champion's snapshot and what was taken in since. One thread at a time. */
final class Followed implements AutoCloseable {

    private final String version;
    private final String snapshotId;
    private final SnapshotManifest manifest;
    private final FollowingModel model;

    /** Null where snapshots alone are served. */
    final @Nullable DeltaLine line;

    Followed(
            String version,
            String snapshotId,
            SnapshotManifest manifest,
            FollowingModel model,
            @Nullable DeltaLine line) {
        this.version = version;
        this.snapshotId = snapshotId;
        this.manifest = manifest;
        this.model = model;
        this.line = line;
    }

    String version() {
        return version;
    }

    /** What can answer now. */
    LoadedVersion now() {
        RankingModel now = model.now();
        try {
            return new LoadedVersion(version, snapshotId, manifest, reached(), now);
        } catch (RuntimeException e) {
            now.close();
            throw e;
        }
    }

    private Reached reached() {
        Optional<EpochMarker> newest = line == null ? Optional.empty() : line.newest();
        return newest.map(marker ->
                        new Reached(marker.step(), marker.samples(), marker.offsets(), marker.newestIngestTime()))
                .orElseGet(() -> Reached.of(manifest));
    }

    /** Steps of the snapshot. */
    long begin() {
        return manifest.step();
    }

    SnapshotManifest manifest() {
        return manifest;
    }

    @Override
    public void close() {
        if (line != null) {
            line.close();
        }
        model.close();
    }
}
