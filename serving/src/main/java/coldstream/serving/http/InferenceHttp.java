package coldstream.serving.http;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.service.Problem;
import coldstream.service.ProblemException;
import coldstream.serving.CurrentVersion.Lease;
import coldstream.serving.LoadedVersion;
import coldstream.serving.ModelReference;
import coldstream.serving.UserContexts;
import coldstream.serving.UserContexts.Lookup;
import coldstream.serving.canary.Router;
import coldstream.wire.Json;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The Open Inference Protocol, version 2.
 *
 * @see <a href="https://github.com/kserve/open-inference-protocol">open-inference-protocol, inference_rest.md</a>
 */
final class InferenceHttp {

    static final String MODEL = "/v2/models/{name}";
    static final String VERSION = MODEL + "/versions/{version}";

    private static final int FALSE = 400;

    private final Router router;
    private final UserContexts users;
    private final BooleanSupplier ready;
    private final String model;
    private final int maxItems;

    InferenceHttp(Router router, UserContexts users, BooleanSupplier ready, String model, int maxItems) {
        this.router = router;
        this.users = users;
        this.ready = ready;
        this.model = model;
        this.maxItems = maxItems;
    }

    void server(Context context) {
        send(context, new Server("coldstream", "0.1.0", List.of()));
    }

    void live(Context context) {
        send(context, Map.of("live", true));
    }

    /** The protocol's page calls the one field {@code live}, its schema {@code ready}: both are there. */
    void serverReady(Context context) {
        boolean now = ready.getAsBoolean();
        context.status(now ? 200 : FALSE);
        send(context, new ServerReady(now, true));
    }

    void modelReady(Context context) {
        checkName(context);
        String asked = context.pathParamMap().get("version");
        List<String> loaded = router.versions();
        boolean now = ready.getAsBoolean() && (asked == null || loaded.contains(asked));
        context.status(now ? 200 : FALSE);
        send(context, new ModelReady(model, now));
    }

    /** The protocol's errors. */
    static void writeError(Problem problem, Context context) {
        send(context, Map.of("error", problem.detail()));
    }

    void describe(Context context) {
        checkName(context);
        try (Lease lease = lease(context, Optional.empty())) {
            String backbone = lease.version().manifest().settings().getOrDefault("backbone", "model");
            String asked = context.pathParamMap().get("version");
            send(
                    context,
                    new Metadata(
                            model,
                            asked == null ? router.versions() : List.of(asked),
                            "coldstream_" + backbone,
                            List.of(new Tensor("user", "BYTES", List.of(-1)), new Tensor("item", "BYTES", List.of(-1))),
                            InferenceRequest.OUTPUTS.stream()
                                    .map(name -> new Tensor(name, "FP32", List.of(-1)))
                                    .toList()));
        }
    }

    void infer(Context context, Deadline deadline) {
        checkName(context);
        if (router.versions().isEmpty()) {
            throw Query.noChampion();
        }
        Optional.ofNullable(context.pathParamMap().get("version"))
                .filter(asked -> !router.versions().contains(asked))
                .ifPresent(asked -> {
                    throw notLoaded(asked);
                });
        InferenceRequest request = InferenceRequest.read(Query.body(context), maxItems);
        Map<UserId, List<Integer>> groups = byUser(request);
        Lookup lookup = users.find(List.copyOf(groups.keySet()));
        Optional<UserId> only = groups.size() == 1 ? groups.keySet().stream().findFirst() : Optional.empty();
        try (Lease lease = lease(context, only)) {
            Float[] scores = new Float[request.items().size()];
            for (UserContext user : lookup.contexts()) {
                deadline.check();
                List<Integer> rows = groups.getOrDefault(user.user(), List.of());
                List<ItemId> items = rows.stream().map(request.items()::get).toList();
                float[] logits = lease.version().model().score(user, items);
                for (int i = 0; i < logits.length; i++) {
                    scores[rows.get(i)] = logits[i];
                }
            }
            send(context, answer(request, lease.version(), Arrays.asList(scores), lookup.degraded()));
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
        parameters.put("epoch", reference.epoch());
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

    /**
     * The version the path names; else the one that answers the user, or the champion where rows are of several users.
     *
     * @param only the one user asked about
     */
    private Lease lease(Context context, Optional<UserId> only) {
        String asked = context.pathParamMap().get("version");
        if (asked == null) {
            return only.flatMap(router::lease).or(router::champion).orElseThrow(Query::noChampion);
        }
        return router.version(asked).orElseThrow(() -> notLoaded(asked));
    }

    private ProblemException notLoaded(String version) {
        return new ProblemException(
                404,
                "Not found",
                "the version must be one of " + router.versions() + ", which are loaded, got " + version);
    }

    private void checkName(Context context) {
        String name = context.pathParam("name");
        if (!name.equals(model)) {
            throw new ProblemException(404, "Not found", "the model must be " + model + ", got " + name);
        }
    }

    private static float sigmoid(float logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }

    private static void send(Context context, Object body) {
        context.contentType("application/json").result(Json.write(body));
    }

    private record ServerReady(boolean ready, boolean live) {}

    private record ModelReady(String name, boolean ready) {}

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
