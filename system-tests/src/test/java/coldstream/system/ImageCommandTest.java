package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import coldstream.embedded.Ports;
import coldstream.testkit.Await;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The images' own command line, with their variables, in a folder laid out as they are. */
@Tag("integration")
class ImageCommandTest {

    private final Dockerfile dockerfile = Dockerfile.read();
    private final Path root;

    ImageCommandTest(@TempDir Path root) {
        this.root = root;
    }

    @BeforeEach
    void layOut() throws IOException {
        Path libraries = Files.createDirectories(root.resolve("opt/coldstream/libraries"));
        Path classes = Files.createDirectories(root.resolve("opt/coldstream/classes"));
        Files.createDirectories(root.resolve("var/lib/coldstream"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                jar(path, classes.resolve("module-" + number++ + ".jar"));
            } else if (Files.exists(path)) {
                Files.createSymbolicLink(libraries.resolve(number++ + "-" + path.getFileName()), path);
            }
        }
    }

    @Test
    void servingStartsIsAskedItsHealthAndEndsByASignal() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v curl").start().waitFor() == 0, "curl is not on the PATH");
        int port = Ports.free();
        Process process = start("serving", "COLDSTREAM_SERVING_PORT", port);
        try {
            List<String> asked = List.of(
                    "sh",
                    "-c",
                    dockerfile.last("serving", "HEALTHCHECK").orElse("").replaceFirst(".*? CMD ", ""));
            ProcessBuilder health = new ProcessBuilder(asked).redirectErrorStream(true);
            health.environment().put("COLDSTREAM_SERVING_PORT", Integer.toString(port));
            Await.until("the image's health check is content", () -> {
                assertThat(process.isAlive()).as(log("serving")).isTrue();
                return health.redirectOutput(ProcessBuilder.Redirect.DISCARD)
                                .start()
                                .waitFor()
                        == 0;
            });
            process.destroy();
            assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isEqualTo(143);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void everyCommandIsInTheImageForAll() throws Exception {
        Process process = start("coldstream", "COLDSTREAM_SERVING_PORT", 0);

        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        assertThat(log("coldstream")).contains("export", "demo", "online-trainer");
        assertThat(process.exitValue()).isZero();
    }

    private Process start(String image, String portVariable, int port) throws IOException {
        List<String> command = new ArrayList<>(
                array(dockerfile.last(image, "ENTRYPOINT").orElse("").replace("/opt/", root.resolve("opt") + "/")));
        command.addAll(array(dockerfile.last(image, "CMD").orElse("")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.resolve("var/lib/coldstream").toFile())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve(image + ".log").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(variable -> variable.startsWith("COLDSTREAM_"));
        dockerfile
                .environment(image)
                .forEach((name, value) -> environment.put(name, value.replace("/var/", root.resolve("var") + "/")));
        environment.put("COLDSTREAM_JAVA_OPTIONS", "-Xmx256m -XX:TieredStopAtLevel=1");
        environment.put("COLDSTREAM_BIND_ADDRESS", "127.0.0.1");
        environment.put("COLDSTREAM_REGISTRY_URL", "http://127.0.0.1:1"); // not there, and not needed to be live
        environment.put("COLDSTREAM_KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:1");
        environment.put(portVariable, Integer.toString(port));
        return builder.start();
    }

    private static List<String> array(String json) throws IOException {
        return Arrays.asList(new ObjectMapper().readValue(json, String[].class));
    }

    private String log(String image) throws IOException {
        return Files.readString(root.resolve(image + ".log"));
    }

    private static void jar(Path folder, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out);
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.putNextEntry(new JarEntry(folder.relativize(file).toString()));
                Files.copy(file, entries);
                entries.closeEntry();
            }
        }
    }
}
