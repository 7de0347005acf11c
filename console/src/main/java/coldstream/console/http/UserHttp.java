package coldstream.console.http;

import coldstream.console.user.Users;
import coldstream.domain.UserId;
import coldstream.service.ProblemException;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.time.InstantSource;

/** One user. */
public final class UserHttp {

    private static final int SHOWN = 10;
    private static final int MOST = 50;

    private final Users users;
    private final InstantSource clock;

    public UserHttp(Users users, InstantSource clock) {
        this.users = users;
        this.clock = clock;
    }

    public void addTo(Javalin app) {
        app.get("/api/users/{id}", this::user);
    }

    private void user(Context context) {
        UserId user;
        try {
            user = new UserId(context.pathParam("id"));
        } catch (IllegalArgumentException e) {
            throw Asked.bad(String.valueOf(e.getMessage()));
        }
        try {
            Asked.answer(context, users.find(user, Asked.number(context, "k", SHOWN, 1, MOST), clock.instant()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(503, "Stopping", "the console stops");
        }
    }
}
