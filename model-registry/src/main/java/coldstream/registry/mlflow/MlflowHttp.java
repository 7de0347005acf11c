package coldstream.registry.mlflow;

import coldstream.domain.RegistryEvent;
import coldstream.registry.artifacts.SnapshotIntake;
import coldstream.registry.mlflow.Registry.Page;
import coldstream.registry.store.Refusal;
import coldstream.service.Problem;
import coldstream.wire.Json;
import coldstream.wire.ModelVersion;
import coldstream.wire.RegisteredModel;
import coldstream.wire.RegistryPaths;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The paths of MLflow's model registry, and the audit. */
public final class MlflowHttp {

    private static final String MODELS = RegistryPaths.MODELS + "/registered-models";
    private static final String VERSIONS = RegistryPaths.MODELS + "/model-versions";
    private static final int MODELS_PER_PAGE = 100;
    private static final int VERSIONS_PER_PAGE = 200;
    private static final int MAX_EVENTS = 10_000;

    private final Registry registry;
    private final SnapshotIntake intake;
    private final RegistryMetrics metrics;
    private final Runnable changed;

    /** @param changed called after every change that may have made an event */
    public MlflowHttp(Registry registry, SnapshotIntake intake, RegistryMetrics metrics, Runnable changed) {
        this.registry = registry;
        this.intake = intake;
        this.metrics = metrics;
        this.changed = changed;
    }

    public void addTo(Javalin app) {
        app.post(MODELS + "/create", this::createModel);
        app.get(
                MODELS + "/get",
                context ->
                        model(context, registry.model(MlflowRequest.of(context).required("name"))));
        app.get(MODELS + "/search", this::searchModels);
        app.get(MODELS + "/get-latest-versions", this::latest);
        app.post(MODELS + "/get-latest-versions", this::latest);
        app.get(MODELS + "/alias", this::alias);
        app.post(MODELS + "/alias", this::setAlias);
        app.delete(MODELS + "/alias", this::deleteAlias);
        app.post(MODELS + "/set-tag", this::setModelTag);
        app.post(VERSIONS + "/create", this::createVersion);
        app.get(VERSIONS + "/get", this::version);
        app.get(VERSIONS + "/search", this::searchVersions);
        app.get(VERSIONS + "/get-download-uri", this::downloadUri);
        app.post(VERSIONS + "/set-tag", this::setVersionTag);
        app.post(VERSIONS + "/transition-stage", this::setStage);
        app.get(RegistryPaths.events("MODEL").replace("MODEL", "{name}"), this::events);
    }

    /** MLflow's errors. */
    public static void writeError(Problem problem, Context context) {
        boolean named = Arrays.stream(Refusal.values())
                .anyMatch(refusal -> refusal.name().equals(problem.title()));
        String code = named ? problem.title() : Refusal.of(problem.status()).name();
        send(context, new ErrorBody(code, problem.detail()));
    }

    public static void send(Context context, Object body) {
        context.contentType("application/json").result(Json.write(body));
    }

    private void createModel(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        model(context, registry.createModel(request.required("name"), request.optional("description"), request.tags()));
    }

    private void searchModels(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        Page<RegisteredModel> page = registry.searchModels(
                request.optional("filter"),
                request.list("order_by"),
                request.number("max_results", MODELS_PER_PAGE),
                request.optional("page_token"));
        send(context, new ModelsBody(page.rows(), page.nextPageToken()));
    }

    private void latest(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        List<ModelVersion> latest = registry.latest(request.required("name"), request.list("stages"));
        send(context, new VersionsBody(latest, Optional.empty()));
    }

    private void alias(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        version(context, registry.alias(request.required("name"), request.required("alias")));
    }

    private void setAlias(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        registry.setAlias(
                request.required("name"), request.required("alias"), request.required("version"), request.who());
        done(context);
    }

    private void deleteAlias(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        registry.deleteAlias(request.required("name"), request.required("alias"), request.who());
        done(context);
    }

    private void setModelTag(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        registry.setModelTag(request.required("name"), request.tag());
        done(context);
    }

    private void createVersion(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        SnapshotIntake.Result result = metrics.upload(() -> intake.create(new SnapshotIntake.Request(
                request.required("name"),
                request.required("source"),
                request.optional("run_id"),
                request.optional("run_link"),
                request.optional("description"),
                request.tags(),
                request.who())));
        changed.run();
        version(context, result.version());
    }

    private void version(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        version(context, registry.version(request.required("name"), request.required("version")));
    }

    private void searchVersions(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        Page<ModelVersion> page = registry.searchVersions(
                request.optional("filter"),
                request.list("order_by"),
                request.number("max_results", VERSIONS_PER_PAGE),
                request.optional("page_token"));
        send(context, new VersionsBody(page.rows(), page.nextPageToken()));
    }

    private void downloadUri(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        String uri = registry.downloadUri(request.required("name"), request.required("version"));
        send(context, Map.of("artifact_uri", uri));
    }

    private void setVersionTag(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        registry.setVersionTag(request.required("name"), request.required("version"), request.tag());
        done(context);
    }

    private void setStage(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        ModelVersion version = registry.setStage(
                request.required("name"),
                request.required("version"),
                request.required("stage"),
                request.flag("archive_existing_versions"),
                request.who());
        changed.run();
        version(context, version);
    }

    private void events(Context context) {
        int limit = MlflowRequest.of(context).number("limit", MAX_EVENTS);
        if (limit < 1 || limit > MAX_EVENTS) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("limit must be 1 to " + MAX_EVENTS + ", got " + limit);
        }
        send(context, new EventsBody(registry.events(context.pathParam("name"), limit)));
    }

    private void done(Context context) {
        changed.run();
        send(context, Map.of());
    }

    private static void model(Context context, RegisteredModel model) {
        send(context, Map.of("registered_model", model));
    }

    private static void version(Context context, ModelVersion version) {
        send(context, Map.of("model_version", version));
    }

    private record ModelsBody(List<RegisteredModel> registeredModels, Optional<String> nextPageToken) {}

    private record VersionsBody(List<ModelVersion> modelVersions, Optional<String> nextPageToken) {}

    private record EventsBody(List<RegistryEvent> events) {}

    private record ErrorBody(String errorCode, String message) {}
}
