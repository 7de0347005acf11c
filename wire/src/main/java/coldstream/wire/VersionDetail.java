package coldstream.wire;

import coldstream.domain.SnapshotManifest;
import java.util.List;

/**
 * Everything the registry knows of a version but its weights.
 *
 * @param lineage versions it continues, newest first; a parent that is no version of this registry is a snapshot's id
 */
public record VersionDetail(ModelVersion version, SnapshotManifest manifest, List<String> lineage) {

    public VersionDetail {
        lineage = List.copyOf(lineage);
    }
}
