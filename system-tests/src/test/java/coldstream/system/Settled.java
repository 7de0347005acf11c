package coldstream.system;

import coldstream.app.Services;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The settings themselves as judges of variables: what they refuse would be refused at start. */
final class Settled {

    /** Services by name, with their ports. */
    static final Map<String, Integer> PORTS = Map.of(
            "ingest",
            8080,
            "serving",
            8081,
            "console",
            8082,
            "online-trainer",
            8083,
            "scorer-worker",
            8084,
            "model-registry",
            5000);

    private Settled() {}

    /** The variables any service reads. */
    static Set<String> variables() {
        Set<String> all = new TreeSet<>();
        PORTS.keySet().forEach(name -> all.addAll(variables(name)));
        return all;
    }

    /** The variables a service reads. */
    static Set<String> variables(String name) {
        Map<String, String> variables = new TreeMap<>();
        service(name).settings().get().forEach(setting -> variables.put(setting.variable(), setting.key()));
        SharedSettings.ALL.forEach(setting -> variables.put(setting.variable(), setting.key()));
        return variables.keySet();
    }

    /** Makes the service with these variables, and does not start it. */
    static void create(String name, Map<String, String> environment) {
        Settings settings =
                Settings.builder(Services.settings()).environment(environment).build();
        service(name).create().apply(settings, new SimpleMeterRegistry()).close();
    }

    private static Services.Service service(String name) {
        return Services.ALL.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
