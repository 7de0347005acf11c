package coldstream.console.http;

import coldstream.console.deadletter.LetterDesk;
import coldstream.console.deadletter.LetterId;
import coldstream.service.BearerToken;
import coldstream.service.Problem;
import coldstream.service.ProblemException;
import coldstream.service.Secret;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Dead letters, and sending them again. */
public final class DeadLetterHttp {

    private static final int SHOWN = 50;
    private static final int MOST_SHOWN = 200;
    private static final int MOST_REPLAYED = 500;

    private final LetterDesk desk;
    private final Optional<Secret> token;
    private final boolean loopback;
    private final Runnable changed;

    private record Body(String confirm, List<String> ids) {}

    /**
     * @param token of those who may send letters again
     * @param loopback whether nobody but this machine reaches the console
     * @param changed called after letters were sent
     */
    public DeadLetterHttp(LetterDesk desk, Optional<Secret> token, boolean loopback, Runnable changed) {
        this.desk = desk;
        this.token = token;
        this.loopback = loopback;
        this.changed = changed;
    }

    public void addTo(Javalin app) {
        app.get("/api/dead-letters", this::list);
        app.post("/api/dead-letters/replay", this::replay);
    }

    private void list(Context context) {
        int limit = Asked.number(context, "limit", SHOWN, 1, MOST_SHOWN);
        try {
            Asked.answer(context, desk.list(Asked.text(context, "topic"), Asked.text(context, "reason"), limit));
        } catch (KafkaException e) {
            throw away(e);
        }
    }

    private void replay(Context context) {
        allowed(context);
        Body body = Asked.body(context, Body.class);
        if (body.ids().isEmpty() || body.ids().size() > MOST_REPLAYED) {
            throw Asked.bad(
                    "ids must be 1 to " + MOST_REPLAYED + ", got " + body.ids().size());
        }
        String wanted = "replay " + body.ids().size();
        if (!body.confirm().equals(wanted)) {
            throw new ProblemException(422, "Confirmation missing", "confirm must be \"" + wanted + "\"");
        }
        List<LetterId> ids;
        try {
            ids = body.ids().stream().map(LetterId::of).toList();
        } catch (IllegalArgumentException e) {
            throw Asked.bad(String.valueOf(e.getMessage()));
        }
        try {
            Asked.answer(context, desk.replay(ids, "console from " + context.ip()));
        } catch (KafkaException e) {
            throw away(e);
        } finally {
            changed.run();
        }
    }

    private void allowed(Context context) {
        if (token.isEmpty()) {
            if (!loopback) {
                throw new ProblemException(
                        403,
                        "Not allowed",
                        "a console that others reach must have console.replay-token to send letters");
            }
        } else if (!new BearerToken(token.get()).isCarriedBy(context)) {
            throw new ProblemException(new Problem(
                    401,
                    "Unauthenticated",
                    "a request must carry console.replay-token as bearer token",
                    Map.of("WWW-Authenticate", "Bearer")));
        }
    }

    private static ProblemException away(KafkaException why) {
        return new ProblemException(503, "Kafka does not answer", String.valueOf(why.getMessage()));
    }
}
