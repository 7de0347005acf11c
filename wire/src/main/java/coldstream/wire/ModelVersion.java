package coldstream.wire;

import java.util.List;
import java.util.Optional;

/**
 * A version of a model, as MLflow writes it.
 *
 * @param version a number, as text
 * @param creationTimestamp milliseconds since 1970
 * @param lastUpdatedTimestamp milliseconds since 1970
 * @param currentStage None, Staging, Production or Archived; aliases say the same better
 * @param source where its files were taken from
 * @param runId of the training run, empty where there is none
 * @param aliases that point to it
 */
public record ModelVersion(
        String name,
        String version,
        long creationTimestamp,
        long lastUpdatedTimestamp,
        String userId,
        String currentStage,
        String description,
        String source,
        String runId,
        String runLink,
        Status status,
        Optional<String> statusMessage,
        List<Tag> tags,
        List<String> aliases) {

    /** How far a version has come; only READY ones are ever shown here. */
    public enum Status {
        PENDING_REGISTRATION,
        FAILED_REGISTRATION,
        READY
    }

    /** A note on a version or a model. */
    public record Tag(String key, String value) {}

    /** Tag that holds the snapshot's id: the sha256 of its manifest. */
    public static final String SNAPSHOT_TAG = "coldstream.snapshot";

    public ModelVersion {
        tags = List.copyOf(tags);
        aliases = List.copyOf(aliases);
    }
}
