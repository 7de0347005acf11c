package coldstream.registry.mlflow;

import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.registry.artifacts.ArtifactStore;
import coldstream.registry.artifacts.ByteRange;
import coldstream.registry.artifacts.SnapshotStore.Content;
import coldstream.registry.artifacts.VerifiedFiles;
import coldstream.registry.store.Refusal;
import coldstream.service.ProblemException;
import coldstream.wire.RegistryPaths;
import coldstream.wire.RelativePath;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * MLflow's artifact proxy: list, read with ranges, write, delete.
 *
 * <p>Files are stored as they come: nothing is unpacked, and a body in another encoding is refused. A writer may say what it
 * sends by {@code Content-Digest: sha-256=:<base64>:} (RFC 9530); a body that is another is refused.
 */
public final class ArtifactHttp {

    private static final Pattern DIGEST = Pattern.compile(".*sha-256=:([A-Za-z0-9+/=]+):.*");

    private final ArtifactStore artifacts;
    private final VerifiedFiles verified;

    public ArtifactHttp(ArtifactStore artifacts, VerifiedFiles verified) {
        this.artifacts = artifacts;
        this.verified = verified;
    }

    public void addTo(Javalin app) {
        app.get(RegistryPaths.ARTIFACTS, this::list);
        app.get(RegistryPaths.ARTIFACTS + "/<path>", this::read);
        app.head(RegistryPaths.ARTIFACTS + "/<path>", this::read);
        app.put(RegistryPaths.ARTIFACTS + "/<path>", this::write);
        app.delete(RegistryPaths.ARTIFACTS + "/<path>", this::delete);
    }

    private void list(Context context) throws IOException {
        String folder = Optional.ofNullable(context.queryParam("path")).orElse("");
        Optional<RelativePath> path = folder.isEmpty() ? Optional.empty() : Optional.of(path(folder));
        MlflowHttp.send(context, Map.of("files", artifacts.list(path)));
    }

    private void read(Context context) throws IOException {
        RelativePath path = path(context.pathParam("path"));
        Optional<String> snapshot = ArtifactStore.snapshot(path);
        context.contentType("application/octet-stream").header("Accept-Ranges", "bytes");
        if (snapshot.isPresent()) {
            readSnapshot(context, snapshot.get(), path);
            return;
        }
        try (Content content = artifacts.openUpload(path, 0).orElseThrow(() -> absent(path))) {
            Optional<ByteRange> range = range(context, content.size(), Optional.empty());
            if (range.isEmpty() && context.status().getCode() == 416) {
                return;
            }
            content.stream().skipNBytes(range.map(ByteRange::first).orElse(0L));
            long length = range.map(ByteRange::length).orElse(content.size());
            if (context.method() != HandlerType.HEAD) {
                VerifiedFiles.transfer(content.stream(), length, out(context));
            }
        }
    }

    private void readSnapshot(Context context, String id, RelativePath path) throws IOException {
        RelativePath within = ArtifactStore.within(path).orElseThrow(() -> absent(path));
        FileDigest expected = verified.expected(id, within).orElseThrow(() -> absent(path));
        String tag = "\"" + expected.sha256() + "\"";
        context.header("ETag", tag).header("Cache-Control", "private, immutable, max-age=31536000");
        if (tag.equals(context.header("If-None-Match"))) {
            context.status(304);
            return;
        }
        Optional<ByteRange> range = range(context, expected.size(), Optional.of(tag));
        if (context.method() != HandlerType.HEAD && context.status().getCode() != 416) {
            try {
                verified.copy(id, within, expected, range, out(context));
            } catch (ProblemException e) {
                context.res().reset(); // nothing was sent yet, and the length is another
                throw e;
            }
        }
    }

    /** Sets status and headers as the range asks for; 416 if the file has no such bytes. */
    private static Optional<ByteRange> range(Context context, long size, Optional<String> tag) {
        String condition = context.header("If-Range");
        boolean holds = condition == null || tag.map(condition::equals).orElse(false);
        try {
            Optional<ByteRange> range = holds ? ByteRange.of(context.header("Range"), size) : Optional.empty();
            range.ifPresent(part -> context.status(206)
                    .header("Content-Range", "bytes " + part.first() + "-" + part.last() + "/" + size));
            context.res().setContentLengthLong(range.map(ByteRange::length).orElse(size));
            return range;
        } catch (ByteRange.Unsatisfiable e) {
            context.status(416).header("Content-Range", "bytes */" + size);
            return Optional.empty();
        }
    }

    /** As the bytes are: a file's size and hash are those of its bytes, so they are not compressed on their way. */
    private static OutputStream out(Context context) throws IOException {
        return context.res().getOutputStream();
    }

    private void write(Context context) throws IOException {
        RelativePath path = path(context.pathParam("path"));
        requireIdentity(context);
        artifacts.uploads().checkSize(context.req().getContentLengthLong());
        artifacts.uploads().put(path, context.bodyInputStream(), digest(context.header("Content-Digest")));
        MlflowHttp.send(context, Map.of());
    }

    private void delete(Context context) throws IOException {
        artifacts.uploads().delete(path(context.pathParam("path")));
        MlflowHttp.send(context, Map.of());
    }

    /** Nothing is ever unpacked here, so nothing packed is taken. */
    static void requireIdentity(Context context) {
        String encoding = context.header("Content-Encoding");
        if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("a body must have no content encoding, got " + encoding);
        }
    }

    static RelativePath path(String path) {
        try {
            return RelativePath.of(path);
        } catch (IllegalArgumentException e) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(e);
        }
    }

    private static Optional<String> digest(@org.jspecify.annotations.Nullable String header) {
        Matcher matcher = DIGEST.matcher(header == null ? "" : header);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.of().formatHex(Base64.getDecoder().decode(matcher.group(1))));
        } catch (IllegalArgumentException e) {
            throw Refusal.INVALID_PARAMETER_VALUE.because("Content-Digest must hold base64, got " + header);
        }
    }

    private static RuntimeException absent(RelativePath path) {
        return Refusal.RESOURCE_DOES_NOT_EXIST.because("the file must exist, got " + path);
    }
}
