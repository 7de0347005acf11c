package coldstream.ingest.gateway;

import coldstream.domain.ItemId;
import coldstream.service.BearerToken;
import coldstream.service.Problem;
import coldstream.service.ProblemException;
import coldstream.service.ServiceHttp;
import coldstream.wire.InteractionReader;
import coldstream.wire.ItemReader;
import coldstream.wire.Reading;
import coldstream.wire.TopicSetup;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The HTTP door of ingest: {@code POST /v1/interactions}, {@code POST /v1/items}, {@code DELETE /v1/items/{id}}. */
public final class Gateway implements AutoCloseable {

    private static final Duration MAX_BLOCK = Duration.ofSeconds(1);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final Producer<byte[], byte[]> producer;
    private final ServiceHttp http;

    private Gateway(Producer<byte[], byte[]> producer, ServiceHttp http) {
        this.producer = producer;
        this.http = http;
    }

    /**
     * Binds the port and answers from then on.
     *
     * @param client configuration of the Kafka client
     * @param ready whether what comes after the gateway works too
     */
    public static Gateway start(
            GatewayConfig config,
            Map<String, Object> client,
            Clock clock,
            MeterRegistry meters,
            BooleanSupplier ready) {
        return start(config, producer(config, client), clock, meters, ready);
    }

    static Gateway start(
            GatewayConfig config,
            Producer<byte[], byte[]> producer,
            Clock clock,
            MeterRegistry meters,
            BooleanSupplier ready) {
        InFlight inFlight = new InFlight(config.maxInFlightBytes(), config.maxInFlightEvents());
        Gauge.builder("coldstream.gateway.in.flight", inFlight, InFlight::events)
                .description("Events that wait for Kafka")
                .register(meters);
        EventProducer events = new EventProducer(producer, inFlight, config.ackTimeout());
        InteractionReader reader = new InteractionReader(config.rules(), clock);
        var interactions = new EventIntake(
                new EventIntake.Kind(
                        config.topics().interactions(),
                        "event_id",
                        event -> map(reader.read(event.headers(), event.value()), it -> it.user()
                                .value())),
                events,
                config.maxRequestBytes(),
                meters);
        var items = new EventIntake(
                new EventIntake.Kind(
                        config.topics().items(),
                        "item_id",
                        event -> map(ItemReader.read(event.headers(), event.value()), it -> it.item()
                                .value())),
                events,
                config.maxRequestBytes(),
                meters);
        try {
            ServiceHttp http = ServiceHttp.builder(config.bindAddress(), config.port(), meters)
                    .ready("topology", ready)
                    .routes(app -> config.token()
                            .map(BearerToken::new)
                            .ifPresent(token -> app.before("/v1/*", each -> check(each, token))))
                    .routes(app -> addRoutes(app, interactions, items))
                    .start();
            return new Gateway(producer, http);
        } catch (RuntimeException e) {
            producer.close(Duration.ZERO);
            throw e;
        }
    }

    private static void addRoutes(Javalin app, EventIntake interactions, EventIntake items) {
        app.post("/v1/interactions", interactions::take);
        app.post("/v1/items", items::take);
        app.delete("/v1/items/{id}", context -> items.retire(context, itemId(context.pathParam("id"))));
    }

    private static String itemId(String id) {
        try {
            return new ItemId(id).value();
        } catch (IllegalArgumentException e) {
            throw new ProblemException(422, "Refused", String.valueOf(e.getMessage()));
        }
    }

    private static void check(Context context, BearerToken token) {
        if (!token.isCarriedBy(context)) {
            throw new ProblemException(new Problem(
                    401,
                    "Unauthorized",
                    "a request must carry the gateway's bearer token",
                    Map.of("WWW-Authenticate", "Bearer")));
        }
    }

    private static <A, B> Reading<B> map(Reading<A> reading, java.util.function.Function<A, B> function) {
        return reading.match(value -> new Reading.Accepted<>(function.apply(value)), Reading.Refused::new);
    }

    private static Producer<byte[], byte[]> producer(GatewayConfig config, Map<String, Object> client) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, TopicSetup.MAX_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        int delivery = Math.toIntExact(Math.max(100, config.ackTimeout().toMillis()));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, delivery);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(50, delivery / 2));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The port it listens on. */
    public int port() {
        return http.port();
    }

    /** Says from now on that it is not ready, and takes what still comes. */
    public void drain() {
        http.drain();
    }

    /** Lets open requests end, then hands Kafka what is left. */
    @Override
    public void close() {
        http.close();
        producer.close(CLOSE_LIMIT);
    }
}
