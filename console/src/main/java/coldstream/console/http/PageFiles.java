package coldstream.console.http;

import coldstream.service.ProblemException;
import coldstream.service.ServiceHttp;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.staticfiles.Location;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files of the page and of the libraries it uses: all from the class path, none from elsewhere. */
public final class PageFiles {

    private static final String PAGE = "/coldstream/console/page";

    /** Names of scripts in folders; nothing that leads out of them. */
    private static final Pattern SCRIPT = Pattern.compile("([a-z0-9-]+/)*[a-z0-9-]+(\\.min)?\\.js");

    /** Where each library is on the class path, of the version the build has pinned. */
    private final Map<String, String> folders = new TreeMap<>();

    private PageFiles() {
        for (String library : Set.of("d3", "lit-html")) {
            folders.put(library, "/META-INF/resources/webjars/" + library + "/" + version(library) + "/");
        }
    }

    /** Answers {@code /} with the page and {@code /vendor/<library>/<file>} with a library's scripts. */
    public static void addTo(ServiceHttp.Builder http) {
        PageFiles files = new PageFiles();
        http.configure(PageFiles::page).routes(app -> app.get("/vendor/{library}/<file>", files::answer));
    }

    private static void page(JavalinConfig javalin) {
        javalin.staticFiles.add(files -> {
            files.directory = PAGE;
            files.location = Location.CLASSPATH;
            files.headers = Map.of();
        });
    }

    private void answer(Context context) throws IOException {
        String file = context.pathParam("file");
        String folder = folders.get(context.pathParam("library"));
        if (folder == null || !SCRIPT.matcher(file).matches()) {
            throw missing();
        }
        try (InputStream in = PageFiles.class.getResourceAsStream(folder + file)) {
            if (in == null) {
                throw missing();
            }
            context.contentType("text/javascript")
                    .header("Cache-Control", "max-age=3600")
                    .result(in.readAllBytes());
        }
    }

    private static ProblemException missing() {
        return new ProblemException(404, "Not found", "a library's file must be one the page uses");
    }

    private static String version(String library) {
        String said = "/META-INF/maven/org.webjars.npm/" + library + "/pom.properties";
        try (InputStream in = PageFiles.class.getResourceAsStream(said)) {
            if (in == null) {
                throw new IllegalStateException("a library of the page must be on the class path, got none at " + said);
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
