package coldstream.registry.mlflow;

import coldstream.registry.artifacts.SnapshotIntake;
import coldstream.registry.store.Refusal;
import coldstream.service.Problem;
import coldstream.wire.Json;
import coldstream.wire.RegistryPaths;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.Map;

/** The paths of MLflow's model registry, and the audit. */
public final class MlflowHttp {

    private static final int MAX_EVENTS = 10_000;

    private final Registry registry;
    private final ModelHttp models;
    private final VersionHttp versions;

    /** @param changed called after every change that may have made an event */
    public MlflowHttp(
            Registry registry, Removal removal, SnapshotIntake intake, RegistryMetrics metrics, Runnable changed) {
        this.registry = registry;
        this.models = new ModelHttp(registry, removal, changed);
        this.versions = new VersionHttp(registry, removal, intake, metrics, changed);
    }

    public void addTo(Javalin app) {
        models.addTo(app);
        versions.addTo(app);
        app.get(RegistryPaths.events("MODEL").replace("MODEL", "{name}"), this::events);
    }

    /** MLflow's errors. */
    public static void writeError(Problem problem, Context context) {
        boolean named = Arrays.stream(Refusal.values())
                .anyMatch(refusal -> refusal.name().equals(problem.title()));
        String code = named ? problem.title() : Refusal.of(problem.status()).name();
        send(context, new ErrorBody(code, problem.detail()));
    }

    static void send(Context context, Object body) {
        context.contentType("application/json").result(Json.write(body));
    }

    /** A question: MLflow's clients of all ages ask it by GET or by POST. */
    static void read(Javalin app, String path, Handler handler) {
        app.get(path, handler);
        app.post(path, handler);
    }

    /** A change: by the method MLflow names, or by POST, for its Java client has no DELETE. */
    static void change(Javalin app, HandlerType method, String path, Handler handler) {
        app.addHttpHandler(method, path, handler);
        app.post(path, handler);
    }

    private void events(Context context) {
        int limit = MlflowRequest.of(context).number("limit", MAX_EVENTS);
        if (limit < 1 || limit > MAX_EVENTS) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("limit must be 1 to " + MAX_EVENTS + ", got " + limit);
        }
        send(context, Map.of("events", registry.events(context.pathParam("name"), limit)));
    }

    private record ErrorBody(String errorCode, String message) {}
}
