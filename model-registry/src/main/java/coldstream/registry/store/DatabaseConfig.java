package coldstream.registry.store;

import coldstream.service.Secret;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which database.
 *
 * @param folder of the embedded one
 * @param url of another one, by JDBC
 */
public record DatabaseConfig(Path folder, Optional<String> url, Optional<String> user, Optional<Secret> password) {}
