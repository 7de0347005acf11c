package coldstream.trainer;

import coldstream.service.BearerToken;
import coldstream.service.Problem;
import coldstream.service.ProblemException;
import coldstream.service.RequestBody;
import coldstream.wire.Directive;
import coldstream.wire.Json;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.kafka.common.errors.SerializationException;

/**
 * {@code POST /v1/directives}: what alarms do to a learner, by hand. It is answered once the directive waits for the next step;
 * whoever got no answer may send it again with the same id.
 */
final class DirectiveHttp {

    private static final int MOST_BYTES = 10_000;

    private final Optional<BearerToken> token;
    private final boolean open;
    private final Predicate<Directive> door;

    /** What is sent; without an id it gets one. */
    private record Body(
            Optional<String> id, Directive.Kind kind, OptionalDouble factor, OptionalLong samples, String why) {}

    /**
     * @param token requests must carry it, if there is one
     * @param open whether requests are taken without a token where none is set
     * @param door takes a directive; false if it cannot now
     */
    DirectiveHttp(Optional<BearerToken> token, boolean open, Predicate<Directive> door) {
        this.token = token;
        this.open = open;
        this.door = door;
    }

    void addTo(Javalin app) {
        app.post("/v1/directives", this::take);
    }

    private void take(Context context) {
        requireAllowed(context);
        Directive directive = read(context);
        if (!door.test(directive)) {
            throw new ProblemException(new Problem(
                    503,
                    "Unavailable",
                    "a directive must find a trainer that learns and few others waiting, got neither or one of them",
                    Map.of("Retry-After", "1")));
        }
        context.status(202)
                .contentType("application/json")
                .result(Json.write(Map.of("id", directive.id(), "state", "waiting")));
    }

    private void requireAllowed(Context context) {
        if (token.isPresent() && !token.get().isCarriedBy(context)) {
            throw new ProblemException(new Problem(
                    401,
                    "Unauthorized",
                    "a request must carry the trainer's bearer token",
                    Map.of("WWW-Authenticate", "Bearer")));
        }
        if (token.isEmpty() && !open) {
            throw new ProblemException(
                    403, "Forbidden", "trainer.token must be set before a trainer that others reach takes directives");
        }
    }

    private static Directive read(Context context) {
        byte[] bytes = RequestBody.read(context, MOST_BYTES);
        try {
            Body body = Json.read(bytes, Body.class);
            String id = body.id().orElseGet(() -> "by-hand-" + UUID.randomUUID());
            return new Directive(id, body.kind(), body.factor(), body.samples(), body.why());
        } catch (SerializationException | IllegalArgumentException e) {
            throw new ProblemException(422, "Refused", String.valueOf(e.getMessage()));
        }
    }
}
