package coldstream.domain;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What happened to a model in the registry: the append-only audit.
 *
 * @param version of the model it concerns, empty where it concerns the model itself
 * @param alias for {@link Kind#ALIAS_SET} and {@link Kind#ALIAS_DELETED}
 * @param who asked for it
 * @param why in words, with the numbers that decided
 */
public record RegistryEvent(
        Kind kind,
        String model,
        String version,
        Optional<String> alias,
        String who,
        String why,
        Instant at,
        Map<String, String> details) {

    /** The kinds of registry event. */
    public enum Kind {
        VERSION_CREATED,
        ALIAS_SET,
        ALIAS_DELETED,
        PROMOTED,
        KEPT,
        ROLLED_BACK,
        STAGE_SET,
        VERSION_DELETED,
        MODEL_RENAMED,
        MODEL_DELETED,
        CANARY_STARTED,
        PENDING,
        DELTAS_HELD,
        FROZEN,
        THAWED
    }

    public RegistryEvent {
        details = Map.copyOf(details);
    }
}
