package coldstream.serving;

import coldstream.domain.SnapshotManifest;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far what answers has learnt: up to its snapshot, or up to an epoch of changes since.
 *
 * @param epoch steps of training it contains; an epoch is named by its last step
 * @param samples learnt from
 * @param offsets next offset to read, by {@code topic-partition}, of every input
 * @param newestIngestTime ingest time of the newest sample, if there is one
 */
public record Reached(long epoch, long samples, Map<String, Long> offsets, Optional<Instant> newestIngestTime) {

    public Reached {
        offsets = Map.copyOf(offsets);
    }

    /** What a snapshot has learnt. */
    public static Reached of(SnapshotManifest manifest) {
        return new Reached(manifest.step(), manifest.samples(), manifest.offsets(), manifest.newestIngestTime());
    }
}
