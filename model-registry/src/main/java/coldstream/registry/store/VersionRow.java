package coldstream.registry.store;

import coldstream.wire.RegistryPaths;
import coldstream.wire.RelativePath;
import java.util.List;

/**
 * A version as the database keeps it.
 *
 * @param source where the client said the files were
 * @param sizeBytes of all files
 * @param stored whether the files are still kept
 * @param createdAt milliseconds since 1970
 * @param updatedAt milliseconds since 1970
 */
public record VersionRow(
        String model,
        int version,
        String snapshotId,
        String source,
        String runId,
        String runLink,
        String description,
        String stage,
        long sizeBytes,
        boolean stored,
        long createdAt,
        long updatedAt) {

    public static final String NO_STAGE = "None";

    /** MLflow's stages, which aliases replace. */
    public static final List<String> STAGES = List.of(NO_STAGE, "Staging", "Production", "Archived");

    /** Where the files are, as clients name it. */
    public String artifactUri() {
        return RegistryPaths.artifactUri(new RelativePath(List.of(RegistryPaths.SNAPSHOTS, snapshotId)));
    }
}
