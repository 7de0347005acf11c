package coldstream.serving.http;

import coldstream.service.Problem;
import coldstream.serving.UserContexts;
import coldstream.serving.canary.Router;
import coldstream.serving.canary.Shadow;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Every path of serving. */
public final class ServingRoutes {

    private final Admission admission;
    private final RecommendationHttp recommendations;
    private final SimilarHttp similar;
    private final ExplainHttp explain;
    private final InferenceHttp inference;
    private final Measure measure;

    /** Told what came of a request. */
    @FunctionalInterface
    public interface Measure {
        void request(String route, int status, Duration took);
    }

    /**
     * @param ready whether requests should come
     * @param maxItems most items of an answer, of an inference, and most users of a batch
     */
    public ServingRoutes(
            Router router,
            UserContexts users,
            Shadow shadow,
            Admission admission,
            Measure measure,
            BooleanSupplier ready,
            String model,
            int maxItems) {
        this.admission = admission;
        this.measure = measure;
        recommendations = new RecommendationHttp(router, users, shadow, maxItems);
        similar = new SimilarHttp(router, maxItems);
        explain = new ExplainHttp(router, users);
        inference = new InferenceHttp(router, users, ready, model, maxItems);
    }

    /** Adds them. */
    public void addTo(Javalin app) {
        app.get("/v1/recommendations", admission.admit("recommendations", (c, deadline) -> recommendations.one(c)));
        app.post("/v1/recommendations", admission.admit("batch", recommendations::many));
        app.get("/v1/similar", admission.admit("similar", (c, deadline) -> similar.similar(c)));
        app.get("/v1/explain", admission.admit("explain", (c, deadline) -> explain.explain(c)));
        app.get("/v2", inference::server);
        app.get("/v2/health/live", inference::live);
        app.get("/v2/health/ready", inference::serverReady);
        for (String path : List.of(InferenceHttp.MODEL, InferenceHttp.VERSION)) {
            app.get(path, inference::describe);
            app.get(path + "/ready", inference::modelReady);
            app.post(path + "/infer", admission.admit("infer", inference::infer));
        }
        app.after(this::measure);
    }

    /** Errors of {@code /v2} in the protocol's form. */
    public static void writeProtocolError(Problem problem, Context context) {
        InferenceHttp.writeError(problem, context);
    }

    private void measure(Context context) {
        String route = context.attribute(Admission.ROUTE);
        Long began = context.attribute(Admission.BEGAN);
        if (route != null && began != null) {
            measure.request(route, context.status().getCode(), Duration.ofNanos(System.nanoTime() - began));
        }
    }
}
