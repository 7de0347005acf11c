package coldstream.registry.mlflow;

import coldstream.registry.access.Access;
import coldstream.registry.access.Role;
import coldstream.registry.artifacts.SnapshotIntake;
import coldstream.registry.mlflow.Registry.Page;
import coldstream.wire.ModelVersion;
import coldstream.wire.RegistryPaths;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paths of MLflow's model versions. */
final class VersionHttp {

    private static final String VERSIONS = RegistryPaths.MODELS + "/model-versions";
    private static final int PER_PAGE = 10_000;

    /** Tags that say what users get. */
    private static final Set<String> DECIDING = Set.of(RegistryPaths.CANARY_SHARE, RegistryPaths.DELTAS);

    private final Registry registry;
    private final Removal removal;
    private final SnapshotIntake intake;
    private final RegistryMetrics metrics;
    private final Runnable changed;

    VersionHttp(Registry registry, Removal removal, SnapshotIntake intake, RegistryMetrics metrics, Runnable changed) {
        this.registry = registry;
        this.removal = removal;
        this.intake = intake;
        this.metrics = metrics;
        this.changed = changed;
    }

    void addTo(Javalin app) {
        app.post(VERSIONS + "/create", this::create);
        MlflowHttp.read(app, VERSIONS + "/get", this::get);
        MlflowHttp.read(app, VERSIONS + "/search", this::search);
        MlflowHttp.read(app, VERSIONS + "/get-download-uri", this::downloadUri);
        MlflowHttp.change(app, HandlerType.PATCH, VERSIONS + "/update", this::update);
        MlflowHttp.change(app, HandlerType.DELETE, VERSIONS + "/delete", this::delete);
        app.post(VERSIONS + "/set-tag", this::setTag);
        MlflowHttp.change(app, HandlerType.DELETE, VERSIONS + "/delete-tag", this::deleteTag);
        app.post(VERSIONS + "/transition-stage", this::setStage);
    }

    private void create(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        request.tags().stream().filter(tag -> DECIDING.contains(tag.key())).forEach(tag -> mayTag(context, tag.key()));
        SnapshotIntake.Result result = metrics.upload(() -> intake.create(new SnapshotIntake.Request(
                request.required("name"),
                request.required("source"),
                request.optional("run_id"),
                request.optional("run_link"),
                request.optional("description"),
                request.tags(),
                request.who())));
        changed.run();
        answer(context, result.version());
    }

    private void get(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        answer(context, registry.version(request.required("name"), request.required("version")));
    }

    private void search(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        Page<ModelVersion> page = registry.searchVersions(
                request.optional("filter"),
                request.list("order_by"),
                request.number("max_results", PER_PAGE),
                request.optional("page_token"));
        MlflowHttp.send(context, new VersionsBody(page.rows(), page.nextPageToken()));
    }

    private void downloadUri(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        String uri = registry.downloadUri(request.required("name"), request.required("version"));
        MlflowHttp.send(context, Map.of("artifact_uri", uri));
    }

    private void update(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        String name = request.required("name");
        String version = request.required("version");
        answer(
                context,
                request.has("description")
                        ? registry.describeVersion(name, version, request.optional("description"))
                        : registry.version(name, version));
    }

    private void delete(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        removal.deleteVersion(request.required("name"), request.required("version"), request.who());
        done(context);
    }

    private void setTag(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        mayTag(context, request.optional("key"));
        registry.setVersionTag(request.required("name"), request.required("version"), request.tag());
        done(context);
    }

    private void deleteTag(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        mayTag(context, request.optional("key"));
        registry.deleteVersionTag(request.required("name"), request.required("version"), request.required("key"));
        done(context);
    }

    /** Who may publish may describe; who may promote says how many users a canary has, and what serves on top of a version. */
    private static void mayTag(Context context, String key) {
        Access.require(context, DECIDING.contains(key) ? Role.PROMOTE : Role.PUBLISH);
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
        answer(context, version);
    }

    private void done(Context context) {
        changed.run();
        MlflowHttp.send(context, Map.of());
    }

    private static void answer(Context context, ModelVersion version) {
        MlflowHttp.send(context, Map.of("model_version", version));
    }

    private record VersionsBody(List<ModelVersion> modelVersions, Optional<String> nextPageToken) {}
}
