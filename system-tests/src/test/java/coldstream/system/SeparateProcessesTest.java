package coldstream.system;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.export.ExportCommand;
import coldstream.embedded.EmbeddedKafka;
import coldstream.embedded.EmbeddedKafkaOptions;
import coldstream.embedded.EmbeddedRedis;
import coldstream.testkit.Await;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/**
 * The services' own commands as processes of their own, with the variables docker-compose.yml gives them but for where
 * things are: an event goes in over HTTP, a recommendation comes out.
 */
@Tag("integration")
class SeparateProcessesTest {

    private static final Duration LIMIT = Await.LIMIT;
    private static final int USERS = 40;
    private static final int ITEMS = 30;

    private final Path folder;
    private @Nullable RunningSystem system;

    SeparateProcessesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void anEventSentByHttpComesOutAsARecommendation() throws Exception {
        try (EmbeddedRedis redis = EmbeddedRedis.start(0);
                EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaOptions.ANYWHERE);
                RunningSystem started = RunningSystem.start(
                        folder, kafka.bootstrapServers(), redis.url().toString())) {
            system = started;
            for (String name : List.of("model-registry", "ingest", "scorer-worker", "online-trainer")) {
                Await.until(name + " is ready", LIMIT, process(name)::ready);
            }
            sendItems();
            sendInteractions();

            JsonNode answer = Await.value("a personal recommendation", LIMIT, this::personal);

            List<String> items = answer.path("items").findValuesAsText("item_id");
            assertThat(items).isNotEmpty().doesNotContainAnyElementsOf(takenBy(0));
            assertThat(answer.path("items").path(0).path("title").asText()).startsWith("The item number ");
            assertThat(answer.path("degraded").asBoolean()).isFalse();
            assertThat(answer.path("model").path("offsets").size()).isPositive();
            theRegistryKnowsTheVersion(answer.path("model").path("version").asText());
            theChampionCanBeTakenElsewhere();
            theConsoleSaysHowItIs();
            whatDashboardsAndAlarmsReadIsShown();
            everyProcessDrainsAndEndsInTime();
        }
    }

    private void sendItems() {
        StringBuilder lines = new StringBuilder();
        for (int item = 0; item < ITEMS; item++) {
            lines.append("{\"item_id\":\"item-%d\",\"title\":\"The item number %d\",\"categories\":[\"kind %d\"]}\n"
                    .formatted(item, item, item % 3));
        }
        HttpResponse<String> answer = sent("/v1/items", lines.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    }

    /** What ingest says once it has reached Kafka; before that it asks to be tried again. */
    private HttpResponse<String> sent(String path, String lines) {
        return Await.value("ingest reaches Kafka", LIMIT, () -> {
            HttpResponse<String> answer = process("ingest").post(path, "application/x-ndjson", lines);
            return answer.statusCode() == 503 ? Optional.empty() : Optional.of(answer);
        });
    }

    /** User u takes some of the items of kind u mod 3. */
    private void sendInteractions() {
        StringBuilder lines = new StringBuilder();
        Instant now = Instant.now();
        for (int round = 0; round < 6; round++) {
            for (int user = 0; user < USERS; user++) {
                lines.append(
                        "{\"event_id\":\"e-%d-%d\",\"type\":\"click\",\"user_id\":\"user-%d\",\"item_id\":\"%s\",\"timestamp\":\"%s\"}\n"
                                .formatted(
                                        user,
                                        round,
                                        user,
                                        takenBy(user).get(round),
                                        now.minusSeconds(600 - round * 60L)));
            }
        }
        HttpResponse<String> answer = sent("/v1/interactions", lines.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(answer.body()).contains("\"accepted\":" + USERS * 6);
    }

    private static List<String> takenBy(int user) {
        List<String> items = new ArrayList<>();
        for (int round = 0; round < 6; round++) {
            items.add("item-" + (user % 3 + 3 * ((user / 3 + round) % (ITEMS / 3))));
        }
        return items;
    }

    /** Serving has a champion that has learnt from samples, and knows what user 0 took. */
    private Optional<JsonNode> personal() {
        ServiceProcess serving = process("serving");
        if (!serving.ready()) {
            return Optional.empty();
        }
        HttpResponse<String> answer = serving.get("/v1/recommendations?user=user-0&k=10");
        JsonNode body = Json.read(answer.body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
        boolean learnt = body.path("strategy").asText().equals("personal")
                && body.path("model").path("samples").asLong() >= USERS * 6L;
        return learnt ? Optional.of(body) : Optional.empty();
    }

    private void theRegistryKnowsTheVersion(String version) {
        assertThat(process("model-registry")
                        .get("/api/2.0/mlflow/model-versions/get?name=ctr&version=" + version)
                        .body())
                .contains("\"status\":\"READY\"");
        assertThat(process("model-registry").get("/v1/models/ctr/events").body())
                .contains("\"kind\":\"PROMOTED\"");
    }

    private void theChampionCanBeTakenElsewhere() throws IOException {
        Path out = folder.resolve("exported");
        String registry = "registry.url=" + process("model-registry").url();

        assertThat(new CommandLine(new ExportCommand())
                        .setCaseInsensitiveEnumValuesAllowed(true)
                        .execute("--alias", "champion", "--set", registry, "--out", out.toString()))
                .isZero();
        assertThat(Files.readString(out.resolve("card.md"))).contains("| version |", "champion");
        assertThat(out.resolve("model.onnx")).isNotEmptyFile();
    }

    private void theConsoleSaysHowItIs() {
        ServiceProcess console = process("console");
        Await.until("the console finds every part well", LIMIT, () -> {
            List<String> states = ask(console, "/api/health").path("parts").findValuesAsText("state");
            return states.size() == 7 && states.stream().allMatch("ok"::equals);
        });
        Await.until("the console knows the champion and why", LIMIT, () -> {
            JsonNode deployments = ask(console, "/api/deployments");
            return !deployments.path("champion").asText().isEmpty()
                    && deployments.path("events").findValuesAsText("kind").contains("PROMOTED");
        });
        Await.until(
                "the console has seen how well it predicts",
                LIMIT,
                () -> ask(console, "/api/quality")
                                .path("strata")
                                .path("overall")
                                .path(0)
                                .path("samples")
                                .asLong()
                        > 0);
        Await.until(
                "the console has seen the gate",
                LIMIT,
                () -> !ask(console, "/api/gate").path("cells").path("cold_tail").isEmpty());
        Await.until("the console has seen the signals", LIMIT, () -> !ask(console, "/api/signals")
                .path("signals")
                .isEmpty());
        JsonNode user =
                Await.value("all is known of a user", LIMIT, () -> Optional.of(ask(console, "/api/users/user-0"))
                        .filter(found -> found.path("problems").isEmpty()));
        assertThat(user.path("state").path("history").findValuesAsText("item")).containsAll(takenBy(0));
        assertThat(user.path("recommendations").path(0).has("guidance")).isTrue();
    }

    private static JsonNode ask(ServiceProcess process, String path) {
        return Json.read(process.get(path).body().getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    /** Some gauges show only once their process has looked, so this waits. */
    private void whatDashboardsAndAlarmsReadIsShown() throws IOException {
        Set<String> read = new TreeSet<>();
        for (String file : List.of("deploy/prometheus/rules.yml", "deploy/grafana/dashboards/coldstream.json")) {
            Matcher names = Pattern.compile("\\b(coldstream|jvm|process)_[a-z_]+")
                    .matcher(Files.readString(ComposeFile.root().resolve(file)));
            while (names.find()) {
                read.add(names.group());
            }
        }
        Await.until("every metric of " + read + " is shown", () -> {
            StringBuilder shown = new StringBuilder();
            RunningSystem.ORDER.forEach(
                    name -> shown.append(process(name).get("/metrics").body()));
            return read.stream().allMatch(name -> Pattern.compile("(?m)^" + name + "[{ ]")
                    .matcher(shown)
                    .find());
        });
    }

    /**
     * As Kubernetes stops pods: not ready at once, answering all the while, then gone, within ten seconds on a machine that has
     * nothing else to do.
     */
    private void everyProcessDrainsAndEndsInTime() throws InterruptedException {
        RunningSystem.ORDER.forEach(name -> process(name).terminate());
        for (String name : RunningSystem.ORDER) {
            ServiceProcess process = process(name);
            Await.until(
                    name + " says that it is not ready any more",
                    () -> process.get("/health/ready").body().contains("\"accepting\":false"));
            assertThat(process.get("/health/live").statusCode()).as(name).isEqualTo(200);
            if (name.equals("serving")) {
                assertThat(process.get("/v1/recommendations?user=user-0&k=10").statusCode())
                        .isEqualTo(200);
            }
        }
        for (String name : RunningSystem.ORDER) {
            ServiceProcess process = process(name);
            assertThat(process.awaitEnd())
                    .as("%s ended by itself, as after a signal", name)
                    .isEqualTo(143);
            assertThat(process.timeToEnd())
                    .as(name)
                    .isBetween(RunningSystem.DRAIN, RunningSystem.DRAIN.plusSeconds(25));
        }
    }

    private ServiceProcess process(String name) {
        return Objects.requireNonNull(system).process(name);
    }
}
