package coldstream.registry.access;

import coldstream.wire.RegistryPaths;
import io.javalin.http.HandlerType;
import java.util.Set;

/**
 * Which role a request needs: reading by what it does, publishing by name, and for all else the highest. A version's tags may
 * decide or describe: they are let in, and {@link Access#require} follows once the tag is known.
 */
final class Needed {

    private static final Set<String> READING = Set.of("search", "get", "get-latest-versions", "get-download-uri");
    private static final Set<String> PUBLISHING = Set.of("create", "update", "set-tag", "delete-tag");

    private static final String VERSION_TAG = RegistryPaths.MODELS + "/model-versions/";

    private Needed() {}

    static Role by(HandlerType method, String path) {
        if (method == HandlerType.GET || method == HandlerType.HEAD) {
            return path.equals(RegistryPaths.BACKUP) ? Role.PROMOTE : Role.READ;
        }
        if (path.startsWith(RegistryPaths.ARTIFACTS + "/") || path.startsWith(RegistryPaths.MULTIPART + "/")) {
            return Role.PUBLISH;
        }
        boolean model = path.startsWith(RegistryPaths.MODELS + "/registered-models/")
                || path.startsWith(RegistryPaths.MODELS + "/model-versions/");
        String last = path.substring(path.lastIndexOf('/') + 1);
        boolean tag = path.equals(VERSION_TAG + "set-tag") || path.equals(VERSION_TAG + "delete-tag");
        if (tag || (model && READING.contains(last)) || path.endsWith("/leases")) {
            return Role.READ;
        }
        boolean evidence = path.startsWith(RegistryPaths.model("")) && last.equals("evidence");
        return evidence || (model && PUBLISHING.contains(last)) ? Role.PUBLISH : Role.PROMOTE;
    }
}
