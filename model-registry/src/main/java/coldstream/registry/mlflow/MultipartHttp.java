package coldstream.registry.mlflow;

import coldstream.registry.artifacts.Multipart;
import coldstream.registry.artifacts.Multipart.Part;
import coldstream.registry.artifacts.Uploads;
import coldstream.registry.store.Refusal;
import coldstream.wire.RegistryPaths;
import coldstream.wire.RelativePath;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * MLflow's uploads in parts: {@code create} names a URL for every part, {@code complete} makes the file of them.
 *
 * <p>The URLs need no other credential, as clients send none with a part: they hold the upload's id, which is a secret.
 */
public final class MultipartHttp {

    private final Multipart multipart;
    private final Uploads uploads;

    public MultipartHttp(Multipart multipart, Uploads uploads) {
        this.multipart = multipart;
        this.uploads = uploads;
    }

    public void addTo(Javalin app) {
        for (String folder : List.of("", "/<folder>")) {
            app.post(RegistryPaths.MULTIPART + "/create" + folder, this::create);
            app.post(RegistryPaths.MULTIPART + "/complete" + folder, this::complete);
            app.post(RegistryPaths.MULTIPART + "/abort" + folder, this::abort);
        }
        app.put(RegistryPaths.PARTS + "/{id}/{number}", this::part);
    }

    private void create(Context context) throws IOException {
        MlflowRequest request = MlflowRequest.of(context);
        int parts = request.number("num_parts", 1);
        String id = multipart.create(target(context, request), parts);
        String proxied = context.header("X-Forwarded-Proto");
        String base = ("https".equals(proxied) ? "https" : context.scheme()) + "://" + context.host()
                + RegistryPaths.PARTS + "/" + id + "/";
        List<Map<String, Object>> credentials = new ArrayList<>();
        for (int number = 1; number <= parts; number++) {
            credentials.add(Map.of("url", base + number, "part_number", number, "headers", Map.of()));
        }
        MlflowHttp.send(context, Map.of("upload_id", id, "credentials", credentials));
    }

    private void part(Context context) throws IOException {
        ArtifactHttp.requireIdentity(context);
        uploads.checkSize(context.req().getContentLengthLong());
        int number = number(context.pathParam("number"));
        String tag = multipart.put(context.pathParam("id"), number, context.bodyInputStream());
        context.header("ETag", "\"" + tag + "\"");
    }

    private void complete(Context context) throws IOException {
        MlflowRequest request = MlflowRequest.of(context);
        List<Part> parts = new ArrayList<>();
        request.node("parts")
                .forEach(part -> parts.add(new Part(
                        number(part.path("part_number").asText("")),
                        part.path("etag").asText(""))));
        multipart.complete(request.required("upload_id"), target(context, request), parts);
        MlflowHttp.send(context, Map.of());
    }

    private void abort(Context context) throws IOException {
        MlflowRequest request = MlflowRequest.of(context);
        multipart.abort(request.required("upload_id"), target(context, request));
        MlflowHttp.send(context, Map.of());
    }

    /** The folder of the path and the last name of the client's own path. */
    private static RelativePath target(Context context, MlflowRequest request) {
        String local = request.required("path");
        String name = local.substring(local.lastIndexOf('/') + 1);
        String folder = context.pathParamMap().getOrDefault("folder", "");
        return ArtifactHttp.path(folder.isEmpty() ? name : folder + "/" + name);
    }

    private static int number(String text) {
        if (!text.matches("[1-9]\\d{0,4}")) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("a part's number must be 1 to 10000, got " + text);
        }
        return Integer.parseInt(text);
    }
}
