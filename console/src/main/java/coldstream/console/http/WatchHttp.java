package coldstream.console.http;

import coldstream.console.observe.Health;
import coldstream.console.observe.Observatory;
import coldstream.console.topics.Alarms;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.function.Supplier;

/** How things are, and how they went. */
public final class WatchHttp {

    private static final int POINTS = 300;
    private static final int MOST_POINTS = 2_000;
    private static final int ALARMS = 100;
    private static final int MOST_ALARMS = 500;

    private final Supplier<Health> health;
    private final Observatory observatory;
    private final Alarms alarms;
    private final InstantSource clock;

    public WatchHttp(Supplier<Health> health, Observatory observatory, Alarms alarms, InstantSource clock) {
        this.health = health;
        this.observatory = observatory;
        this.alarms = alarms;
        this.clock = clock;
    }

    public void addTo(Javalin app) {
        app.get("/api/health", context -> Asked.answer(context, health.get()));
        app.get("/api/quality", context -> Asked.answer(context, observatory.quality(points(context))));
        app.get("/api/gate", context -> Asked.answer(context, observatory.gate(points(context))));
        app.get(
                "/api/signals",
                context -> Asked.answer(context, observatory.signals(clock.instant(), points(context))));
        app.get(
                "/api/alarms",
                context -> Asked.answer(context, alarms.view(Asked.number(context, "limit", ALARMS, 1, MOST_ALARMS))));
    }

    private static int points(Context context) {
        return Asked.number(context, "points", POINTS, 1, MOST_POINTS);
    }
}
