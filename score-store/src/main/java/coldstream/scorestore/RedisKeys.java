package coldstream.scorestore;

import coldstream.domain.UserId;
import java.nio.charset.StandardCharsets;

/**
 * Key format v1. Names are on-disk format: change them only together with the version.
 *
 * <p>An id is percent-encoded, so that no separator, brace or control character of a producer's id can leave its place
 * in the key. The braces make the user the hash tag: all keys of one user live on one node of a Redis Cluster.
 */
final class RedisKeys {

    /** Sorted set: item id → count. */
    static final String POPULAR = "cs:v1:popular";

    /** Hash: slot of 5 s and kind → requests or tokens. */
    static final String SPEND_MINUTE = "cs:v1:{spend}:minute";

    private static final String HEX = "0123456789ABCDEF";
    private static final String UNRESERVED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";

    private RedisKeys() {}

    /** Hash: item id → score as JSON. */
    static String softScores(UserId user) {
        return "cs:v1:{" + encode(user.value()) + "}:soft";
    }

    /** Hash: {@code count}, {@code history} as a JSON list. */
    static String userState(UserId user) {
        return "cs:v1:{" + encode(user.value()) + "}:state";
    }

    /** Hash: {@code version}, {@code written}, {@code profile} as JSON. */
    static String profile(UserId user) {
        return "cs:v1:{" + encode(user.value()) + "}:profile";
    }

    /** The last question and answer about a user as JSON. */
    static String transcript(UserId user) {
        return "cs:v1:{" + encode(user.value()) + "}:transcript";
    }

    /** The user whose transcript has this place; there are so many transcripts as places. */
    static String transcriptPlace(int place) {
        return "cs:v1:transcript:" + place;
    }

    /** Hash: item id → sum of deviations and count, of one model and prompt. */
    static String prior(String model) {
        return "cs:v1:prior:" + encode(model);
    }

    /** The worker that answers for this user now. */
    static String claim(UserId user) {
        return "cs:v1:{" + encode(user.value()) + "}:claim";
    }

    /** There while the user must not be asked about again. */
    static String debounce(UserId user) {
        return "cs:v1:{" + encode(user.value()) + "}:debounce";
    }

    /** There for a while after the request was answered. */
    static String answered(UserId user, String requestId) {
        return "cs:v1:{" + encode(user.value()) + "}:answered:" + encode(requestId);
    }

    /** Hash: {@code r} requests, {@code t} tokens, {@code m} millionths of money of a day since 1970. */
    static String spendDay(long day) {
        return "cs:v1:{spend}:day:" + day;
    }

    /** Percent-encodes every byte of the UTF-8 text but letters, digits and {@code - . _ ~} (RFC 3986, section 2.3). */
    static String encode(String text) {
        StringBuilder encoded = new StringBuilder(text.length());
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (octet & 0xff);
            if (UNRESERVED.indexOf(c) >= 0) {
                encoded.append(c);
            } else {
                encoded.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xf));
            }
        }
        return encoded.toString();
    }
}
