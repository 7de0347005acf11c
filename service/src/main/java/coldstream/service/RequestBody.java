package coldstream.service;

import io.javalin.http.Context;
import java.io.IOException;

/**
 * The body of a request as a whole, of which no more is held than may come. Javalin's own limit looks at the length a client
 * announces; a body sent in chunks announces none.
 */
public final class RequestBody {

    private static final String READ = "coldstream.body";

    private RequestBody() {}

    /**
     * Reads all of it; asked again for the same request, it answers the same.
     *
     * @param most bytes
     * @throws ProblemException with status 413, once one more has come; with 400, where it breaks off
     */
    public static byte[] read(Context context, int most) {
        byte[] before = context.attribute(READ);
        if (before != null) {
            return before;
        }
        try {
            byte[] body = context.bodyInputStream().readNBytes(most + 1);
            if (body.length > most) {
                throw new ProblemException(413, "Too large", "a body must have at most " + most + " bytes");
            }
            context.attribute(READ, body);
            return body;
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(400, "Bad request", "a body must arrive whole, got " + e.getMessage()));
        }
    }
}
