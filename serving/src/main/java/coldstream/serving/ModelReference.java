package coldstream.serving;

import java.util.Map;

/**
 * Which version made an answer.
 *
 * @param snapshot id of the snapshot
 * @param epoch steps of training it contains
 * @param samples it has learnt from
 * @param offsets up to which it has read every input, by {@code topic-partition}
 */
public record ModelReference(
        String name, String version, String snapshot, long epoch, long samples, Map<String, Long> offsets) {

    public static ModelReference of(LoadedVersion version) {
        return new ModelReference(
                version.manifest().model(),
                version.version(),
                version.snapshotId(),
                version.reached().epoch(),
                version.reached().samples(),
                version.reached().offsets());
    }
}
