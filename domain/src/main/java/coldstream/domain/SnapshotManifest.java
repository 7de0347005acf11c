package coldstream.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a snapshot is and where it comes from.
 *
 * @param formatVersion of the folder, now {@value #FORMAT_VERSION}
 * @param model name of the model
 * @param parent the snapshot this one continues
 * @param step steps applied so far
 * @param journalOffset next offset to read in the trainer's journal
 * @param offsets next offset to read, by {@code topic-partition}, of every input
 * @param llmWatermark scoring time of the newest soft score applied
 * @param samples samples trained so far
 * @param oldestIngestTime ingest time of the oldest sample since the parent
 * @param newestIngestTime ingest time of the newest sample
 * @param settings every setting that changes what is learnt, by name
 * @param configHash sha256 of {@code settings}
 * @param codeCommit of the build that wrote it, or {@code unknown}
 * @param window prequential metrics of the samples since the parent, by stratum
 * @param metrics prequential metrics since the warm-up, by stratum
 * @param files by path within the folder
 */
public record SnapshotManifest(
        int formatVersion,
        String model,
        Optional<String> parent,
        Instant createdAt,
        long step,
        long journalOffset,
        Map<String, Long> offsets,
        Optional<Instant> llmWatermark,
        long samples,
        Optional<Instant> oldestIngestTime,
        Optional<Instant> newestIngestTime,
        long seed,
        Map<String, String> settings,
        String configHash,
        String codeCommit,
        Map<String, StratumMetrics> window,
        Map<String, StratumMetrics> metrics,
        Map<String, FileDigest> files) {

    public static final int FORMAT_VERSION = 1;

    /** The manifest's own file name. */
    public static final String FILE_NAME = "manifest.json";

    /** Size in bytes and sha256 in lower-case hexadecimal of a file. */
    public record FileDigest(long size, String sha256) {}

    public SnapshotManifest {
        Check.check(
                formatVersion == FORMAT_VERSION, "snapshot format must be %d, got %d", FORMAT_VERSION, formatVersion);
        offsets = Map.copyOf(offsets);
        settings = Map.copyOf(settings);
        window = Map.copyOf(window);
        metrics = Map.copyOf(metrics);
        files = Map.copyOf(files);
    }

    /** The same, with this list of files. */
    public SnapshotManifest listing(Map<String, FileDigest> present) {
        return new SnapshotManifest(
                formatVersion,
                model,
                parent,
                createdAt,
                step,
                journalOffset,
                offsets,
                llmWatermark,
                samples,
                oldestIngestTime,
                newestIngestTime,
                seed,
                settings,
                configHash,
                codeCommit,
                window,
                metrics,
                present);
    }
}
