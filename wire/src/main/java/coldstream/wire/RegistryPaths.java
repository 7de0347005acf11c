package coldstream.wire;

import static coldstream.domain.Check.check;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** The HTTP paths of the model registry: those of MLflow 2 for what MLflow knows, {@code /v1} for the rest. */
public final class RegistryPaths {

    /** Models and versions. */
    public static final String MODELS = "/api/2.0/mlflow";

    /** Files; a file's path follows. */
    public static final String ARTIFACTS = "/api/2.0/mlflow-artifacts/artifacts";

    /** Files that come in parts: {@code create}, {@code complete} or {@code abort}, then the file's folder. */
    public static final String MULTIPART = "/api/2.0/mlflow-artifacts/mpu";

    /** Parts of such a file: the upload's secret id and the part's number follow. */
    public static final String PARTS = "/api/2.0/mlflow-artifacts/mpu-parts";

    /** Everything the registry keeps, as one file. */
    public static final String BACKUP = "/v1/backup";

    /** Scheme of a place in {@link #ARTIFACTS}. */
    public static final String ARTIFACT_SCHEME = "mlflow-artifacts";

    /** Where uploads belong until a version is made of them. */
    public static final String STAGING = "staging";

    /** First name of the place of every version's files, which clients cannot write. */
    public static final String SNAPSHOTS = "snapshots";

    /** Alias of the version that serves. */
    public static final String CHAMPION = "champion";

    /** Alias of the champion before the one that serves. */
    public static final String PREVIOUS = "previous";

    /** Alias of the version whose predictions are being compared with the champion's. */
    public static final String CANDIDATE = "candidate";

    /** Alias of the version that gets a share of the traffic, which its tag {@link #CANARY_SHARE} says. */
    public static final String CANARY = "canary";

    /** Tag of a version: the share of users that the canary serves, a number in (0, 1]. */
    public static final String CANARY_SHARE = "canary_share";

    /** Tag of a version that says whether what is learnt after it may serve on top of it. */
    public static final String DELTAS = "deltas";

    /** Value of {@link #DELTAS}: the version serves as it was published. */
    public static final String HOLD = "hold";

    /** Alias of the newest version. */
    public static final String CHALLENGER = "challenger";

    private RegistryPaths() {}

    /** What is told of one model beside what MLflow knows. */
    public static String model(String model) {
        return "/v1/models/" + encode(model);
    }

    /** The audit of one model. */
    public static String events(String model) {
        return model(model) + "/events";
    }

    /** Which servers use which version of a model. */
    public static String leases(String model) {
        return "/v1/models/" + encode(model) + "/leases";
    }

    /** The path of one artifact, each name percent-encoded. */
    public static String artifact(RelativePath path) {
        var joined = new StringBuilder(ARTIFACTS);
        path.names().forEach(name -> joined.append('/').append(encode(name)));
        return joined.toString();
    }

    /** {@code mlflow-artifacts:/<path>}. */
    public static String artifactUri(RelativePath path) {
        return ARTIFACT_SCHEME + ":/" + path;
    }

    /**
     * The path an artifact URI names; a host, as in {@code mlflow-artifacts://host/path}, is left aside.
     *
     * @throws IllegalArgumentException if it is no such URI
     */
    public static RelativePath artifactPath(String uri) {
        String prefix = ARTIFACT_SCHEME + ":/";
        check(uri.startsWith(prefix), "an artifact URI must start with %s, got %s", prefix, uri);
        String path = uri.substring(prefix.length());
        if (path.startsWith("/")) {
            path = path.substring(path.indexOf('/', 1) + 1);
        }
        return RelativePath.of(path);
    }

    /** Percent-encodes everything but unreserved characters. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
