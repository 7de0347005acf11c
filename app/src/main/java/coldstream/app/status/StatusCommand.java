package coldstream.app.status;

import coldstream.app.Services;
import coldstream.app.SettingsOptions;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints how learning, serving and scoring are, and the open alarms. */
@Command(
        name = "status",
        description = "Prints how learning, serving and scoring are, and the open alarms, as the console knows them.",
        footer = {
            "",
            "Exit status: 0 all is well, 3 the console cannot be reached, 4 something is late or unknown or an alarm is",
            "open, 5 something is down."
        },
        mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {

    static final int WELL = 0;
    static final int UNREACHABLE = 3;
    static final int LATE = 4;
    static final int DOWN = 5;

    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Mixin
    private final SettingsOptions options = new SettingsOptions();

    @Option(
            names = "--console",
            paramLabel = "URL",
            description = "The console (default: console.port on this machine).")
    private @Nullable URI console;

    @Option(names = "--json", description = "For machines: the console's own answer.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        Settings settings = options.read(Services.settings());
        URI base =
                console == null ? URI.create("http://localhost:" + settings.get(SharedSettings.CONSOLE_PORT)) : console;
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        JsonNode health;
        try {
            health = ask(base);
        } catch (IOException | SerializationException e) {
            err.println("coldstream: the console at " + base + " must answer, got "
                    + (e.getMessage() == null ? "no connection" : e.getMessage()));
            return UNREACHABLE;
        }
        out.print(
                json
                        ? Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(health)
                                + System.lineSeparator()
                        : StatusText.of(health));
        out.flush();
        return exit(health);
    }

    private static JsonNode ask(URI base) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(LIMIT)
                .build();
        URI health = URI.create(base.toString().replaceAll("/+$", "") + "/api/health");
        HttpResponse<byte[]> answer =
                http.send(HttpRequest.newBuilder(health).timeout(LIMIT).GET().build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("HTTP " + answer.statusCode());
        }
        return Json.read(answer.body(), JsonNode.class);
    }

    /** For scripts: the worst of the line, and of the alarms. */
    static int exit(JsonNode health) {
        String state = health.path("state").asText();
        if (state.equals("down")) {
            return DOWN;
        }
        return state.equals("ok") && health.path("alarms").path("open").asInt() == 0 ? WELL : LATE;
    }
}
