package coldstream.console;

import coldstream.console.ConsoleRig.Events.Event;
import coldstream.domain.ItemId;
import coldstream.domain.RegistryEvent;
import coldstream.domain.SoftScores;
import coldstream.domain.SoftScores.ItemScore;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisProfileStore;
import coldstream.scorestore.RedisScoreStore;
import coldstream.scorestore.RedisUserStateStore;
import coldstream.service.Settings;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A running console over a real broker and a real Redis, and services that answer what the test says. */
final class ConsoleRig implements AutoCloseable {

    static final UserId ANN = new UserId("ann");

    final FakeServices services;
    final ConsoleService console;
    final String namespace;
    private final URI redis;
    private final Map<String, Object> kafka;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    ConsoleRig(String bootstrapServers, String namespace, URI redis, Map<String, String> more) throws IOException {
        this.namespace = namespace;
        this.redis = redis;
        this.kafka = Map.of("bootstrap.servers", bootstrapServers);
        services = new FakeServices();
        Map<String, String> values = new HashMap<>(Map.of(
                "kafka.bootstrap-servers", bootstrapServers,
                "namespace", namespace,
                "redis.url", redis.toString(),
                "registry.url", services.url().toString(),
                "console.port", "0",
                "console.trainer-url", services.url().toString(),
                "console.serving-urls", services.url().toString(),
                "console.ingest-urls", services.url().toString(),
                "console.scorer-urls", services.url().toString(),
                "console.poll", "200ms"));
        values.put("console.timeout", "20s");
        values.put("console.keep", "0s");
        values.putAll(more);
        console = ConsoleService.create(
                Settings.of(ConsoleService.settings(), values), new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        console.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + console.port());
    }

    HttpResponse<String> get(String path, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.GET().build());
    }

    JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + " must answer, got " + answer.statusCode() + " " + answer.body());
        }
        return tree(answer.body());
    }

    HttpResponse<String> post(String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return send(request.POST(BodyPublishers.ofString(body)).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    static JsonNode tree(String text) {
        return Json.read(text.getBytes(StandardCharsets.UTF_8), JsonNode.class);
    }

    /** Sends records as a producer would, and waits until they are there. */
    void produce(List<ProducerRecord<byte[], byte[]>> records) {
        try (var producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (ProducerRecord<byte[], byte[]> record : records) {
                var unused = producer.send(record);
            }
            producer.flush();
        }
    }

    ProducerRecord<byte[], byte[]> alert(String id, String state, String message) {
        String value =
                "{\"alert_id\":\"%s\",\"model\":\"ctr\",\"state\":\"%s\",\"severity\":\"WARNING\",\"message\":\"%s\"}"
                        .formatted(id, state, message);
        return new ProducerRecord<>(namespace + ".drift-alerts.v1", bytes("signal"), bytes(value));
    }

    /** An announced item. */
    ProducerRecord<byte[], byte[]> item(String id) {
        String value = "{\"item_id\":\"%s\",\"title\":\"The %s\",\"categories\":[]}".formatted(id, id);
        return new ProducerRecord<>(namespace + ".items.v1", bytes(id), bytes(value));
    }

    /** The alarm of a fixture. */
    ProducerRecord<byte[], byte[]> fixture(String file, String pointer) throws IOException {
        try (InputStream in = Objects.requireNonNull(ConsoleRig.class.getResourceAsStream("/fixtures/" + file))) {
            return new ProducerRecord<>(
                    namespace + ".drift-alerts.v1",
                    bytes("signal"),
                    Json.write(Json.read(in.readAllBytes(), JsonNode.class).at(pointer)));
        }
    }

    ProducerRecord<byte[], byte[]> registryEvent(String kind, String version) {
        return new ProducerRecord<>(
                namespace + ".registry-events.v1",
                bytes("ctr"),
                Json.write(new RegistryEvent(
                        RegistryEvent.Kind.valueOf(kind),
                        "ctr",
                        version,
                        Optional.of("champion"),
                        "registry",
                        "better",
                        Instant.parse("2026-11-20T11:52:00Z"),
                        Map.of("overall.difference", "0.01"))));
    }

    /** A record in the dead letters of interactions. */
    ProducerRecord<byte[], byte[]> letter(String key, String value, String reason) {
        var record = new ProducerRecord<>(namespace + ".interactions.v1.dlq", bytes(key), bytes(value));
        record.headers()
                .add("ce_type", bytes("click"))
                .add("__streams.errors.exception", bytes("coldstream.wire.Refusal." + reason))
                .add("__streams.errors.message", bytes("item_id must be present"))
                .add("__streams.errors.topic", bytes(namespace + ".interactions.v1"))
                .add("__streams.errors.partition", bytes("2"))
                .add("__streams.errors.offset", bytes("90210"));
        return record;
    }

    /** Keeps what the services keep of a user. */
    void know(UserId user) {
        try (RedisConnection connection = RedisConnection.to(redis, Duration.ofSeconds(30))) {
            new RedisUserStateStore(connection, RedisBounds.DEFAULTS)
                    .putAll(Map.of(user, new UserState(List.of(new ItemId("film"), new ItemId("book")), 2, 1)));
            new RedisScoreStore(connection, RedisBounds.DEFAULTS)
                    .put(new SoftScores(
                            "ann-2",
                            user,
                            List.of(new ItemScore(new ItemId("item-11"), 0.92)),
                            Optional.empty(),
                            "bge-small",
                            "1",
                            1,
                            Instant.now(),
                            2,
                            Instant.now()));
            new RedisProfileStore(connection, RedisBounds.DEFAULTS)
                    .put(new TasteProfile(
                            user,
                            "likes quiet films",
                            TextVector.of(new float[] {1, 0}),
                            "bge-small",
                            "qwen",
                            "1",
                            2,
                            Instant.now(),
                            Instant.now()));
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Looks, as a page does, until it is closed. */
    Events look(String lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url() + "/api/stream")).header("Accept", "text/event-stream");
        if (!lastId.isEmpty()) {
            request.header("Last-Event-ID", lastId);
        }
        HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            throw new AssertionError("the stream must open, got " + answer.statusCode());
        }
        return new Events(answer.body());
    }

    /** Reads a stream of server-sent events, line by line as the standard says. */
    static final class Events implements AutoCloseable {

        private final List<Event> events = new CopyOnWriteArrayList<>();
        private final InputStream body;
        private final Thread thread = new Thread(this::read, "events");

        record Event(String name, String id, JsonNode data) {}

        Events(InputStream body) {
            this.body = body;
            thread.start();
        }

        List<Event> all() {
            return List.copyOf(events);
        }

        List<Event> named(String name) {
            return events.stream().filter(event -> event.name().equals(name)).toList();
        }

        private void read() {
            String name = "message";
            String id = "";
            List<String> data = new ArrayList<>();
            try (var lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (line.startsWith("event:")) {
                        name = line.substring(6).strip();
                    } else if (line.startsWith("id:")) {
                        id = line.substring(3).strip();
                    } else if (line.startsWith("data:")) {
                        data.add(line.substring(5).strip());
                    } else if (line.isEmpty() && !data.isEmpty()) {
                        events.add(new Event(name, id, tree(String.join("\n", data))));
                        data.clear();
                        name = "message";
                    }
                }
            } catch (IOException e) {
                return; // closed
            }
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }

    @Override
    public void close() {
        console.close();
        services.close();
    }
}
