package coldstream.registry;

import coldstream.service.Settings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** A registry in a process of its own, so that a test can kill it. */
final class RegistryProcess {

    private RegistryProcess() {}

    static Process start(int port, Path data) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        RegistryProcess.class.getName(),
                        Integer.toString(port),
                        data.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    public static void main(String[] args) {
        Map<String, String> values =
                Map.of("registry.port", args[0], "data-directory", args[1], "kafka.bootstrap-servers", "127.0.0.1:1");
        RegistryService.create(Settings.of(RegistryService.settings(), values), new SimpleMeterRegistry())
                .start();
    }
}
