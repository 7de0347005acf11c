package coldstream.trainer.out;

import coldstream.domain.StratumMetrics;
import coldstream.trainer.out.SnapshotStore.Stored;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One snapshot in a line.
 *
 * @param version in the registry; empty while it is not published
 * @param samples trained up to it
 * @param auc prequential, of all samples since the warm-up, NaN without evidence
 * @param offsets next offset to read, by {@code topic-partition}
 */
public record SnapshotSummary(
        String id,
        Optional<String> version,
        long step,
        long samples,
        double auc,
        Map<String, Long> offsets,
        Instant createdAt) {

    public SnapshotSummary {
        offsets = Map.copyOf(offsets);
    }

    /** When the newest of them that became a version was captured. */
    public static Optional<Instant> newestVersion(List<SnapshotSummary> snapshots) {
        return snapshots.stream()
                .filter(summary -> summary.version().isPresent())
                .map(SnapshotSummary::createdAt)
                .max(Comparator.naturalOrder());
    }

    static SnapshotSummary of(Stored stored, Optional<String> version) {
        var manifest = stored.manifest();
        StratumMetrics overall = manifest.metrics().get("overall");
        return new SnapshotSummary(
                stored.id(),
                version,
                manifest.step(),
                manifest.samples(),
                overall == null ? Double.NaN : overall.auc(),
                manifest.offsets(),
                manifest.createdAt());
    }
}
