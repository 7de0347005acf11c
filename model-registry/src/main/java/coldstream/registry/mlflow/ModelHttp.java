package coldstream.registry.mlflow;

import coldstream.registry.mlflow.Registry.Page;
import coldstream.wire.ModelVersion;
import coldstream.wire.RegisteredModel;
import coldstream.wire.RegistryPaths;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The paths of MLflow's registered models. */
final class ModelHttp {

    private static final String MODELS = RegistryPaths.MODELS + "/registered-models";
    private static final int PER_PAGE = 100;

    private final Registry registry;
    private final Removal removal;
    private final Runnable changed;

    ModelHttp(Registry registry, Removal removal, Runnable changed) {
        this.registry = registry;
        this.removal = removal;
        this.changed = changed;
    }

    void addTo(Javalin app) {
        app.post(MODELS + "/create", this::create);
        MlflowHttp.read(app, MODELS + "/get", this::get);
        MlflowHttp.read(app, MODELS + "/search", this::search);
        MlflowHttp.read(app, MODELS + "/get-latest-versions", this::latest);
        app.post(MODELS + "/rename", this::rename);
        MlflowHttp.change(app, HandlerType.PATCH, MODELS + "/update", this::update);
        MlflowHttp.change(app, HandlerType.DELETE, MODELS + "/delete", this::delete);
        app.post(MODELS + "/set-tag", this::setTag);
        MlflowHttp.change(app, HandlerType.DELETE, MODELS + "/delete-tag", this::deleteTag);
        app.get(MODELS + "/alias", this::alias);
        app.post(MODELS + "/alias", this::setAlias);
        app.delete(MODELS + "/alias", this::deleteAlias);
    }

    private void create(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        RegisteredModel model =
                registry.createModel(request.required("name"), request.optional("description"), request.tags());
        changed.run();
        answer(context, model);
    }

    private void get(Context context) {
        answer(context, registry.model(MlflowRequest.of(context).required("name")));
    }

    private void search(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        Page<RegisteredModel> page = registry.searchModels(
                request.optional("filter"),
                request.list("order_by"),
                request.number("max_results", PER_PAGE),
                request.optional("page_token"));
        MlflowHttp.send(context, new ModelsBody(page.rows(), page.nextPageToken()));
    }

    private void latest(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        List<ModelVersion> latest = registry.latest(request.required("name"), request.list("stages"));
        MlflowHttp.send(context, Map.of("model_versions", latest));
    }

    private void rename(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        RegisteredModel model = removal.rename(request.required("name"), request.required("new_name"), request.who());
        changed.run();
        answer(context, model);
    }

    private void update(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        String name = request.required("name");
        answer(
                context,
                request.has("description")
                        ? registry.describeModel(name, request.optional("description"))
                        : registry.model(name));
    }

    private void delete(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        removal.deleteModel(request.required("name"), request.who());
        done(context);
    }

    private void setTag(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        registry.setModelTag(request.required("name"), request.tag());
        done(context);
    }

    private void deleteTag(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        registry.deleteModelTag(request.required("name"), request.required("key"));
        done(context);
    }

    private void alias(Context context) {
        MlflowRequest request = MlflowRequest.of(context);
        ModelVersion version = registry.alias(request.required("name"), request.required("alias"));
        MlflowHttp.send(context, Map.of("model_version", version));
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

    private void done(Context context) {
        changed.run();
        MlflowHttp.send(context, Map.of());
    }

    private static void answer(Context context, RegisteredModel model) {
        MlflowHttp.send(context, Map.of("registered_model", model));
    }

    private record ModelsBody(List<RegisteredModel> registeredModels, Optional<String> nextPageToken) {}
}
