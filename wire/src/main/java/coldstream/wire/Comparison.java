package coldstream.wire;

/**
 * Two sets of weights whose predictions of the same events the registry wants to know.
 *
 * @param arm a version, or {@link coldstream.domain.Evidence#LIVE}
 * @param baseline a version
 */
public record Comparison(String arm, String baseline) {}
