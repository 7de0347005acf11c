package coldstream.trainer;

import java.util.Map;

/**
 * What a snapshot says of its maker.
 *
 * @param settings every setting that changes what is learnt
 * @param configHash sha256 of {@code settings}
 */
record Identity(String model, long seed, Map<String, String> settings, String configHash, String codeCommit) {}
