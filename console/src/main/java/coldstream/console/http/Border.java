package coldstream.console.http;

import coldstream.service.ProblemException;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whose requests are answered, and what a browser may do with the answers.
 *
 * <p>A name that is not the console's is refused, since a page elsewhere can make its own name point here; so is a change that
 * another page asks for.
 */
public final class Border {

    /** Nothing but files and answers of this server; nothing inline; in no frame. */
    public static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
            + " img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final List<String> HERE = List.of("localhost", "127.0.0.1", "[::1]");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy", POLICY,
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()");

    private static final List<String> SAFE = List.of("GET", "HEAD", "OPTIONS");

    private final Set<String> hosts = new TreeSet<>(HERE);

    /** @param hosts names the console may be reached by, beside those of this machine */
    public Border(List<String> hosts) {
        hosts.forEach(host -> this.hosts.add(host.toLowerCase(Locale.ROOT)));
    }

    public void addTo(Javalin app) {
        app.before(this::check);
    }

    private void check(Context request) {
        HEADERS.forEach(request::header);
        String path = request.path();
        if (path.startsWith("/health/") || path.equals("/metrics")) {
            return; // asked for by address, and say nothing of anybody
        }
        request.header("Cache-Control", path.startsWith("/api/") ? "no-store" : "no-cache");
        String host = String.valueOf(request.header("Host"));
        if (!hosts.contains(name(host))) {
            throw new ProblemException(
                    421, "Not this host", "the console must be asked by a name in console.hosts, got " + shown(host));
        }
        if (!SAFE.contains(request.method().name())) {
            checkChange(request, host);
        }
    }

    private static void checkChange(Context request, String host) {
        String type = String.valueOf(request.contentType()).toLowerCase(Locale.ROOT);
        if (!Arrays.asList(type.split(";", -1)).get(0).strip().equals("application/json")) {
            throw new ProblemException(
                    415, "Unsupported media type", "a change must be application/json, got " + shown(type));
        }
        String origin = request.header("Origin");
        String site = request.header("Sec-Fetch-Site");
        boolean ours = origin == null || host.equalsIgnoreCase(authority(origin));
        boolean elsewhere = site != null && !site.equals("same-origin") && !site.equals("none");
        if (!ours || elsewhere) {
            throw new ProblemException(
                    403,
                    "Another origin",
                    "a change must come from the console's own page, got " + shown(String.valueOf(origin)));
        }
    }

    private static String authority(String origin) {
        try {
            return String.valueOf(URI.create(origin).getAuthority());
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static String name(String host) {
        int port = host.lastIndexOf(':');
        boolean numbered = port > host.lastIndexOf(']') && port >= 0;
        return (numbered ? host.substring(0, port) : host).toLowerCase(Locale.ROOT);
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^\\x20-\\x7e]", "?");
        return printable.substring(0, Math.min(100, printable.length()));
    }
}
