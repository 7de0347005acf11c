package coldstream.wire;

import java.util.List;

/**
 * A model and what is known of its versions, as MLflow writes it.
 *
 * @param creationTimestamp milliseconds since 1970
 * @param lastUpdatedTimestamp milliseconds since 1970
 * @param latestVersions the newest version of every stage in use
 */
public record RegisteredModel(
        String name,
        long creationTimestamp,
        long lastUpdatedTimestamp,
        String userId,
        String description,
        List<ModelVersion> latestVersions,
        List<ModelVersion.Tag> tags,
        List<Alias> aliases) {

    /** A name for a version. */
    public record Alias(String alias, String version) {}

    public RegisteredModel {
        latestVersions = List.copyOf(latestVersions);
        tags = List.copyOf(tags);
        aliases = List.copyOf(aliases);
    }
}
