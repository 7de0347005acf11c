package coldstream.registry.mlflow;

import coldstream.registry.artifacts.ArtifactStore;
import coldstream.registry.artifacts.ArtifactStore.Entry;
import coldstream.registry.store.Refusal;
import coldstream.wire.RegistryPaths;
import coldstream.wire.RelativePath;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** MLflow's artifact proxy: list, read, write, delete. */
public final class ArtifactHttp {

    private final ArtifactStore artifacts;

    public ArtifactHttp(ArtifactStore artifacts) {
        this.artifacts = artifacts;
    }

    public void addTo(Javalin app) {
        app.get(RegistryPaths.ARTIFACTS, this::list);
        app.get(RegistryPaths.ARTIFACTS + "/<path>", this::read);
        app.put(RegistryPaths.ARTIFACTS + "/<path>", this::write);
        app.delete(RegistryPaths.ARTIFACTS + "/<path>", this::delete);
    }

    private void list(Context context) throws IOException {
        String folder = Optional.ofNullable(context.queryParam("path")).orElse("");
        List<Entry> files = artifacts.list(folder.isEmpty() ? Optional.empty() : Optional.of(path(folder)));
        MlflowHttp.send(context, Map.of("files", files));
    }

    private void read(Context context) throws IOException {
        RelativePath path = path(context.pathParam("path"));
        Path file = artifacts
                .find(path)
                .orElseThrow(() -> Refusal.RESOURCE_DOES_NOT_EXIST.because("the file must exist, got " + path));
        context.contentType("application/octet-stream")
                .header("Content-Length", Long.toString(Files.size(file)))
                .result(Files.newInputStream(file));
    }

    private void write(Context context) throws IOException {
        RelativePath path = path(context.pathParam("path"));
        artifacts.checkSize(context.req().getContentLengthLong());
        artifacts.put(path, context.bodyInputStream());
        MlflowHttp.send(context, Map.of());
    }

    private void delete(Context context) throws IOException {
        RelativePath path = path(context.pathParam("path"));
        artifacts.delete(path);
        MlflowHttp.send(context, Map.of());
    }

    private static RelativePath path(String path) {
        try {
            return RelativePath.of(path);
        } catch (IllegalArgumentException e) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(e);
        }
    }
}
