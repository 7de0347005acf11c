package coldstream.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * How to start an embedded broker.
 *
 * @param port to listen on, 0 for any free one
 * @param dataDirectory kept when the broker closes; without one it keeps its data in a temporary folder and removes it
 * @param overrides broker configuration that wins over ours
 */
public record EmbeddedKafkaOptions(int port, Optional<Path> dataDirectory, Map<String, String> overrides) {

    /** Any free port, a temporary folder. */
    public static final EmbeddedKafkaOptions ANYWHERE = new EmbeddedKafkaOptions(0, Optional.empty(), Map.of());

    public EmbeddedKafkaOptions {
        overrides = Map.copyOf(overrides);
    }
}
