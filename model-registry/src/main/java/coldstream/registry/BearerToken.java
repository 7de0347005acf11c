package coldstream.registry;

import coldstream.service.Secret;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Lets only requests with the right {@code Authorization: Bearer} header pass. */
final class BearerToken {

    private final byte[] expected;

    BearerToken(Secret token) {
        this.expected = ("Bearer " + token.reveal()).getBytes(StandardCharsets.UTF_8);
    }

    /** Health and metrics are open: they say nothing of a model. */
    void check(Context context) {
        String path = context.path();
        if (path.startsWith("/health/") || path.equals("/metrics")) {
            return;
        }
        String given = context.header("Authorization");
        byte[] bytes = given == null ? new byte[0] : given.getBytes(StandardCharsets.UTF_8);
        if (!MessageDigest.isEqual(expected, bytes)) {
            throw Refusal.UNAUTHENTICATED.because("a request must carry the registry's bearer token");
        }
    }
}
