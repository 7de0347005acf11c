package coldstream.serving.http;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.service.Problem;
import coldstream.service.ProblemException;
import coldstream.serving.CurrentVersion;
import coldstream.serving.CurrentVersion.Lease;
import coldstream.serving.LoadedVersion;
import coldstream.serving.ModelReference;
import coldstream.serving.UserStates;
import coldstream.serving.UserStates.Lookup;
import coldstream.wire.Json;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Open Inference Protocol, version 2.
 *
 * @see <a href="https://github.com/kserve/open-inference-protocol">open-inference-protocol, inference_rest.md</a>
 */
public final class InferenceHttp {

    private static final String MODEL = "/v2/models/{name}";
    private static final String VERSION = MODEL + "/versions/{version}";
    private static final int FALSE = 400;

    private final CurrentVersion current;
    private final UserStates users;
    private final String model;
    private final int maxItems;

    public InferenceHttp(CurrentVersion current, UserStates users, String model, int maxItems) {
        this.current = current;
        this.users = users;
        this.model = model;
        this.maxItems = maxItems;
    }

    public void addTo(Javalin app) {
        app.get("/v2", context -> send(context, new Server("coldstream", "0.1.0", List.of())));
        app.get("/v2/health/live", context -> send(context, Map.of("live", true)));
        app.get("/v2/health/ready", context -> ready(context, current.peek().isPresent()));
        for (String path : List.of(MODEL, VERSION)) {
            app.get(path, this::describe);
            app.get(path + "/ready", this::modelReady);
            app.post(path + "/infer", this::infer);
        }
    }

    /** The protocol's errors. */
    public static void writeError(Problem problem, Context context) {
        send(context, Map.of("error", problem.detail()));
    }

    private void modelReady(Context context) {
        checkName(context);
        ready(context, current.peek().filter(version -> asked(context, version)).isPresent());
    }

    private static void ready(Context context, boolean ready) {
        context.status(ready ? 200 : FALSE);
        send(context, Map.of("ready", ready));
    }

    private void describe(Context context) {
        try (Lease lease = lease(context)) {
            LoadedVersion version = lease.version();
            String backbone = version.manifest().settings().getOrDefault("backbone", "model");
            send(
                    context,
                    new Metadata(
                            model,
                            List.of(version.version()),
                            "coldstream_" + backbone,
                            List.of(new Tensor("user", "BYTES", List.of(-1)), new Tensor("item", "BYTES", List.of(-1))),
                            InferenceRequest.OUTPUTS.stream()
                                    .map(name -> new Tensor(name, "FP32", List.of(-1)))
                                    .toList()));
        }
    }

    private void infer(Context context) {
        try (Lease lease = lease(context)) {
            InferenceRequest request = InferenceRequest.read(context.bodyAsBytes(), maxItems);
            List<Float> scores = new ArrayList<>(
                    java.util.Collections.nCopies(request.items().size(), 0f));
            boolean degraded = false;
            for (Map.Entry<UserId, List<Integer>> group : byUser(request).entrySet()) {
                Lookup lookup = users.find(group.getKey());
                degraded |= lookup.degraded();
                List<ItemId> items =
                        group.getValue().stream().map(request.items()::get).toList();
                float[] logits = lease.version().model().score(lookup.known(), group.getKey(), items);
                for (int i = 0; i < logits.length; i++) {
                    scores.set(group.getValue().get(i), logits[i]);
                }
            }
            send(context, answer(request, lease.version(), scores, degraded));
        }
    }

    private Answer answer(InferenceRequest request, LoadedVersion version, List<Float> scores, boolean degraded) {
        List<Output> outputs = request.outputs().stream()
                .map(name -> new Output(
                        name,
                        List.of(scores.size()),
                        "FP32",
                        name.equals("score")
                                ? scores
                                : scores.stream().map(InferenceHttp::sigmoid).toList()))
                .toList();
        Map<String, Object> parameters = new LinkedHashMap<>();
        ModelReference reference = ModelReference.of(version);
        parameters.put("version", reference.version());
        parameters.put("snapshot", reference.snapshot());
        parameters.put("samples", reference.samples());
        parameters.put("offsets", reference.offsets());
        parameters.put("degraded", degraded);
        return new Answer(model, version.version(), request.id(), parameters, outputs);
    }

    private static Map<UserId, List<Integer>> byUser(InferenceRequest request) {
        Map<UserId, List<Integer>> groups = new LinkedHashMap<>();
        for (int i = 0; i < request.items().size(); i++) {
            groups.computeIfAbsent(request.users().get(i), user -> new ArrayList<>())
                    .add(i);
        }
        return groups;
    }

    private Lease lease(Context context) {
        checkName(context);
        Lease lease = current.lease().orElseThrow(RecommendationHttp::noChampion);
        if (!asked(context, lease.version())) {
            String now = lease.version().version();
            lease.close();
            throw new ProblemException(
                    404,
                    "Not found",
                    "the version must be the champion, which is " + now + ", got " + context.pathParam("version"));
        }
        return lease;
    }

    private void checkName(Context context) {
        String name = context.pathParam("name");
        if (!name.equals(model)) {
            throw new ProblemException(404, "Not found", "the model must be " + model + ", got " + name);
        }
    }

    /** Whether the path names this version, or none. */
    private static boolean asked(Context context, LoadedVersion version) {
        String asked = context.pathParamMap().get("version");
        return asked == null || asked.equals(version.version());
    }

    private static float sigmoid(float logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }

    private static void send(Context context, Object body) {
        context.contentType("application/json").result(Json.write(body));
    }

    private record Server(String name, String version, List<String> extensions) {}

    private record Metadata(
            String name, List<String> versions, String platform, List<Tensor> inputs, List<Tensor> outputs) {}

    private record Tensor(String name, String datatype, List<Integer> shape) {}

    private record Answer(
            String modelName,
            String modelVersion,
            Optional<String> id,
            Map<String, Object> parameters,
            List<Output> outputs) {}

    private record Output(String name, List<Integer> shape, String datatype, List<Float> data) {}
}
