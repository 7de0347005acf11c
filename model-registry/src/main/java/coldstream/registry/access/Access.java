package coldstream.registry.access;

import coldstream.registry.store.Refusal;
import coldstream.wire.RegistryPaths;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.EnumSet;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets a request through, or not: 401 for whom nobody knows, 403 for who may not.
 *
 * <p>Without any secret everybody may everything. The file of secrets is read again when it changes; one that cannot be
 * read leaves things as they were.
 */
public final class Access {

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final String CALLER = "coldstream.caller";

    private final AccessConfig config;
    private volatile Credentials credentials;
    private volatile @Nullable FileTime readAt;

    /** @throws IllegalArgumentException if the file of secrets breaks its form */
    public Access(AccessConfig config) {
        this.config = config;
        this.credentials = new Credentials();
        reload();
    }

    /** Whether anybody may do anything. */
    public boolean open() {
        return credentials.isEmpty();
    }

    /** Ends the request unless its caller may make it. */
    public void check(Context request) {
        String path = request.path();
        if (path.startsWith("/health/") || path.equals("/metrics") || path.startsWith(RegistryPaths.PARTS + "/")) {
            return; // say nothing of a model; a part's path is itself a secret
        }
        refresh();
        if (open()) {
            return;
        }
        Principal caller = credentials
                .find(request.header("Authorization"))
                .orElseThrow(() -> Refusal.UNAUTHENTICATED.because(
                        "a request must carry one of the registry's secrets, as bearer token or basic password"));
        Role needed = Needed.by(request.method(), path);
        request.attribute(CALLER, caller);
        require(request, needed);
    }

    /** Ends a request that was let in if its caller may not do this. */
    public static void require(Context request, Role needed) {
        Principal caller = request.attribute(CALLER);
        if (caller != null && !caller.roles().contains(needed)) {
            throw Refusal.PERMISSION_DENIED.because(
                    "the caller must have the role " + needed + ", got " + caller.name() + " with " + caller.roles());
        }
    }

    /** Who asks, as the audit says it: the name of a secret, or else where the request came from. */
    public static String who(Context request) {
        String agent = String.valueOf(request.userAgent()).replaceAll("[^\\x20-\\x7e]", "");
        String program = agent.substring(0, Math.min(80, agent.length()));
        Principal caller = request.attribute(CALLER);
        return (caller == null ? "api" : caller.name()) + " from " + request.ip() + " (" + program + ")";
    }

    private void refresh() {
        if (config.file().isEmpty()) {
            return;
        }
        try {
            if (!Files.getLastModifiedTime(config.file().get()).equals(readAt)) {
                reload();
            }
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            LOG.atWarn().addKeyValue("why", String.valueOf(e.getMessage())).log("secrets could not be read again");
        }
    }

    private synchronized void reload() {
        var fresh = new Credentials();
        config.everything().ifPresent(secret -> fresh.add("token", EnumSet.allOf(Role.class), secret));
        config.tokens()
                .forEach((role, secret) ->
                        fresh.add(role.name().toLowerCase(Locale.ROOT), EnumSet.of(Role.READ, role), secret));
        if (config.file().isPresent()) {
            Path file = config.file().get();
            try {
                FileTime time = Files.getLastModifiedTime(file);
                fresh.addAll(Files.readAllLines(file));
                readAt = time;
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read registry.tokens-file", e);
            }
        }
        credentials = fresh;
    }
}
