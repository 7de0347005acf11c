package coldstream.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** {@code docker-compose.yml} as somebody without any variable set would run it. */
final class ComposeFile {

    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z0-9_]+)(?::-([^}]*))?}");

    private final Map<String, Object> root;

    private ComposeFile(Map<String, Object> root) {
        this.root = root;
    }

    static ComposeFile read() {
        try {
            return new ComposeFile(new Yaml().load(Files.readString(root().resolve("docker-compose.yml"))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the sources. */
    static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.exists(folder.resolve("docker-compose.yml"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("docker-compose.yml must be in a folder above this one");
        }
        return folder;
    }

    Set<String> services() {
        return section(root, "services").keySet();
    }

    Map<String, Object> service(String name) {
        return section(section(root, "services"), name);
    }

    Set<String> volumes() {
        return section(root, "volumes").keySet();
    }

    /** A service's variables with their defaults filled in. */
    Map<String, String> environment(String name) {
        Map<String, String> environment = new TreeMap<>();
        section(service(name), "environment")
                .forEach((variable, value) -> environment.put(variable, filled(String.valueOf(value))));
        return environment;
    }

    List<String> list(String name, String key) {
        Object list = service(name).getOrDefault(key, List.of());
        return ((List<?>) list)
                .stream().map(String::valueOf).map(ComposeFile::filled).toList();
    }

    static Map<String, Object> section(Map<String, Object> parent, String key) {
        Map<String, Object> section = new LinkedHashMap<>();
        if (parent.get(key) instanceof Map<?, ?> map) {
            map.forEach((name, value) -> section.put(String.valueOf(name), value == null ? "" : value));
        }
        return section;
    }

    private static String filled(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        return matcher.replaceAll(match -> {
            String byDefault = match.group(2);
            return Matcher.quoteReplacement(byDefault == null ? "" : byDefault);
        });
    }
}
