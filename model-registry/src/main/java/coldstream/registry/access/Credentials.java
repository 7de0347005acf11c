package coldstream.registry.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import coldstream.service.Secret;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Names with their secrets and roles.
 *
 * <p>A request carries a secret as {@code Authorization: Bearer <secret>} or, with its name, as Basic. Secrets are compared
 * by their hash, all of them every time, so that the time taken says nothing of them.
 */
final class Credentials {

    private static final int MIN_SECRET = 8;

    private record Known(Principal principal, String hash) {}

    private final List<Known> known = new ArrayList<>();

    void add(String name, Set<Role> roles, Secret secret) {
        known.add(new Known(new Principal(name, roles), hash(secret.reveal())));
    }

    /**
     * Adds those of a file: one line each of name, roles separated by commas, and secret; {@code #} begins a comment.
     *
     * @throws IllegalArgumentException naming the line, never the secret
     */
    void addAll(List<String> lines) {
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            String[] words = line.split("\\s+", -1);
            if (words.length != 3 || words[2].length() < MIN_SECRET) {
                throw new IllegalArgumentException(
                        "a line of registry.tokens-file must be a name, roles and a secret of at" + " least "
                                + MIN_SECRET + " characters, got another in line " + (i + 1));
            }
            add(words[0], roles(words[1], i + 1), new Secret(words[2]));
        }
    }

    boolean isEmpty() {
        return known.isEmpty();
    }

    /** Who carries this header, if anybody known does. */
    Optional<Principal> find(@Nullable String header) {
        String given = header == null ? "" : header;
        boolean basic = given.regionMatches(true, 0, "Basic ", 0, 6);
        boolean bearer = given.regionMatches(true, 0, "Bearer ", 0, 7);
        String pair = basic ? decoded(given.substring(6).strip()) : "";
        int colon = pair.indexOf(':');
        String name = colon < 0 ? "" : pair.substring(0, colon);
        byte[] hash = hash(bearer ? given.substring(7).strip() : pair.substring(colon + 1))
                .getBytes(UTF_8);
        Principal found = null;
        for (Known each : known) {
            boolean same = MessageDigest.isEqual(each.hash().getBytes(UTF_8), hash);
            boolean named = bearer || (basic && each.principal().name().equals(name));
            if (same && named) {
                found = each.principal();
            }
        }
        return Optional.ofNullable(found);
    }

    private static Set<Role> roles(String words, int line) {
        Set<Role> roles = EnumSet.of(Role.READ);
        for (String word : words.split(",", -1)) {
            try {
                roles.add(Role.valueOf(word.toUpperCase(Locale.ROOT)));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "a role in registry.tokens-file must be read, publish or promote, got " + word + " in line "
                                + line,
                        e);
            }
        }
        return roles;
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), UTF_8);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java runtime has SHA-256", e);
        }
    }
}
