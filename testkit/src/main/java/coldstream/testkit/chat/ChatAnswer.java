package coldstream.testkit.chat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What goes over the wire.
 *
 * @param after how long the endpoint waits before the first byte
 * @param ending how the body ends
 */
public record ChatAnswer(int status, Map<String, String> headers, String body, Duration after, Ending ending) {

    /** How a body ends. */
    public enum Ending {
        /** After its last byte. */
        WHOLE,
        /** The connection is closed after half of what was announced. */
        CUT,
        /** A blank every 50 ms, without end. */
        NEVER
    }

    public static ChatAnswer of(int status, String body) {
        return new ChatAnswer(status, Map.of("Content-Type", "application/json"), body, Duration.ZERO, Ending.WHOLE);
    }

    public ChatAnswer header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new ChatAnswer(status, more, body, after, ending);
    }

    public ChatAnswer after(Duration pause) {
        return new ChatAnswer(status, headers, body, pause, ending);
    }

    public ChatAnswer ending(Ending how) {
        return new ChatAnswer(status, headers, body, after, how);
    }
}
