package coldstream.console.browser;

import coldstream.console.http.Border;
import coldstream.console.http.PageFiles;
import coldstream.service.Problem;
import coldstream.service.ProblemException;
import coldstream.service.ServiceHttp;
import coldstream.testkit.Await;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * The console's own page, files and border, before answers that a test chooses: at first the examples of the API, which
 * another test holds against the running service.
 */
final class ExampleConsole implements AutoCloseable {

    /** A change somebody asked for. */
    record Asked(String path, JsonNode body, String authorization) {}

    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> NAMES =
            List.of("health", "quality", "gate", "signals", "alarms", "deployments", "dead-letters");

    private final Map<String, JsonNode> answers = new ConcurrentHashMap<>();
    private final Map<String, Problem> problems = new ConcurrentHashMap<>();
    private final List<SseClient> streams = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final ServiceHttp http;

    ExampleConsole() {
        NAMES.forEach(name -> answers.put("/api/" + name, example(name)));
        answers.put("/api/deployments/12/why", example("why"));
        answers.put("/api/deployments/diff", example("diff"));
        answers.put("/api/deployments/13/promote", example("promoted"));
        answers.put("/api/deployments/13/approve", example("approved"));
        answers.put("/api/deployments/rollback", example("rolled-back"));
        answers.put("/api/dead-letters/replay", example("replayed"));
        answers.put("/api/users/user-7", example("user"));
        ServiceHttp.Builder server = ServiceHttp.builder("127.0.0.1", 0, new SimpleMeterRegistry())
                .routes(new Border(List.of())::addTo)
                .routes(this::routes);
        PageFiles.addTo(server);
        http = server.start();
    }

    /** An answer as the API's documentation has it. */
    static JsonNode example(String name) {
        try (InputStream in =
                Objects.requireNonNull(ExampleConsole.class.getResourceAsStream("/fixtures/" + name + ".json"), name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String address() {
        return "http://localhost:" + http.port() + "/";
    }

    /** From now on this path answers the example after a change. */
    void change(String path, UnaryOperator<ObjectNode> change) {
        answers.computeIfPresent(path, (key, answer) -> change.apply(answer.deepCopy()));
    }

    void answer(String path, String json) {
        answers.put(path, parsed(json));
    }

    /** From now on this path is refused. */
    void refuse(String path, int status, String detail) {
        problems.put(path, new Problem(status, "Refused", detail));
    }

    void allow(String path) {
        problems.remove(path);
    }

    /** Sends an event to every page, once there is one: a page is live a moment before it can be sent anything. */
    void send(String event, JsonNode data) {
        awaitPage();
        streams.forEach(stream -> stream.sendEvent(event, data.toString()));
    }

    /** Cuts every page's stream, once there is one. */
    void cut() {
        awaitPage();
        end();
    }

    private void awaitPage() {
        Await.until("a page listens", () -> !streams.isEmpty());
    }

    private void end() {
        streams.forEach(SseClient::close);
        streams.clear();
    }

    List<Asked> asked() {
        return List.copyOf(asked);
    }

    @Override
    public void close() {
        end();
        http.close();
    }

    static JsonNode parsed(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void routes(Javalin app) {
        app.before("/api/*", this::refused);
        app.sse("/api/stream", client -> {
            client.keepAlive();
            client.sendEvent("hello", "{\"time\":\"2026-11-20T12:00:00Z\",\"resumed\":false}");
            streams.add(client); // in this order: nothing comes before the greeting
        });
        app.get("/api/<path>", this::answer);
        app.post("/api/<path>", context -> {
            asked.add(new Asked(
                    context.path(),
                    parsed(context.body()),
                    Objects.requireNonNullElse(context.header("Authorization"), "")));
            answer(context);
        });
    }

    private void refused(Context context) {
        Problem problem = problems.get(context.path());
        if (problem != null) {
            throw new ProblemException(problem);
        }
    }

    private void answer(Context context) {
        JsonNode answer = answers.get(context.path());
        if (answer == null) {
            throw new ProblemException(404, "Not found", "nothing is known of " + context.path());
        }
        context.contentType("application/json").result(answer.toString());
    }
}
