package coldstream.console.http;

import coldstream.service.ProblemException;
import coldstream.service.RequestBody;
import coldstream.wire.Json;
import io.javalin.http.Context;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;

/** What a request asks for, and how it is answered. */
final class Asked {

    private static final String BEARER = "Bearer ";
    private static final int MAX_BODY = 1 << 20;

    private Asked() {}

    /** A whole number of the query from {@code least} to {@code most}. */
    static int number(Context context, String name, int byDefault, int least, int most) {
        String text = context.queryParam(name);
        if (text == null || text.isEmpty()) {
            return byDefault;
        }
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw outOfRange(name, least, most, text);
        }
        throw outOfRange(name, least, most, text);
    }

    private static ProblemException outOfRange(String name, int least, int most, String text) {
        return bad("%s must be %d to %d, got %s"
                .formatted(name, least, most, text.substring(0, Math.min(50, text.length()))));
    }

    static Optional<String> text(Context context, String name) {
        return Optional.ofNullable(context.queryParam(name)).filter(text -> !text.isBlank());
    }

    static String required(Context context, String name) {
        return text(context, name).orElseThrow(() -> bad(name + " must be given"));
    }

    static <T> T body(Context context, Class<T> type) {
        try {
            return Json.read(RequestBody.read(context, MAX_BODY), type);
        } catch (SerializationException e) {
            throw bad("the body must be JSON as docs/console.md says: " + e.getMessage());
        }
    }

    /** The secret that came with the request. */
    static Optional<String> token(Context context) {
        return Optional.ofNullable(context.header("Authorization"))
                .filter(header -> header.startsWith(BEARER) && header.length() > BEARER.length())
                .map(header -> header.substring(BEARER.length()));
    }

    static ProblemException bad(String rule) {
        return new ProblemException(400, "Bad request", rule);
    }

    static void answer(Context context, Object body) {
        context.contentType("application/json").result(Json.write(body));
    }
}
