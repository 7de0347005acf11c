package coldstream.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.javalin.http.Context;
import java.security.MessageDigest;

/** A token that requests must carry as {@code Authorization: Bearer}; compared in constant time. */
public final class BearerToken {

    private final byte[] expected;

    public BearerToken(Secret token) {
        this.expected = ("Bearer " + token.reveal()).getBytes(UTF_8);
    }

    /** Whether the request carries it. */
    public boolean isCarriedBy(Context request) {
        String given = request.header("Authorization");
        return given != null && MessageDigest.isEqual(expected, given.getBytes(UTF_8));
    }
}
