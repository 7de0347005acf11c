package coldstream.scorer.model;

import static coldstream.domain.Check.check;

import coldstream.service.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the endpoint's key comes from: a setting, or a file that is read for every call, so that a key can be replaced without
 * a restart.
 *
 * @param given the key itself, blanks around it do not count; nothing where the endpoint asks for none
 * @param file holds the key and nothing else; blanks around it do not count
 */
public record ApiKey(Optional<Secret> given, Optional<Path> file) {

    public static final ApiKey NONE = new ApiKey(Optional.empty(), Optional.empty());

    private static final long LONGEST = 4_096;

    public ApiKey {
        check(given.isEmpty() || file.isEmpty(), "a key must come from a setting or a file, got both");
        given = given.map(key -> new Secret(key.reveal().strip()));
        check(given.stream().allMatch(ApiKey::sendable), "a key must be one word of printable characters");
        file.ifPresent(ApiKey::read);
    }

    public static ApiKey of(String key) {
        return new ApiKey(Optional.of(new Secret(key)), Optional.empty());
    }

    Optional<Secret> current() {
        return file.map(ApiKey::read).or(() -> given);
    }

    private static Secret read(Path file) {
        try {
            check(Files.size(file) <= LONGEST, "a key file must have at most %d bytes, got %s", LONGEST, file);
            Secret key =
                    new Secret(Files.readString(file, StandardCharsets.UTF_8).strip());
            check(sendable(key), "a key file must hold one key, got %s", file);
            return key;
        } catch (IOException e) {
            throw new IllegalArgumentException("the key file cannot be read: " + file, e);
        }
    }

    /** Else the HTTP client refuses the header, and says so with its value. */
    private static boolean sendable(Secret key) {
        return !key.reveal().isEmpty() && key.reveal().chars().allMatch(c -> c > ' ' && c < 127);
    }
}
