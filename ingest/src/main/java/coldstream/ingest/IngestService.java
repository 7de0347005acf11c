package coldstream.ingest;

import static org.apache.kafka.streams.CloseOptions.GroupMembershipOperation.LEAVE_GROUP;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.ingest.gateway.Gateway;
import coldstream.ingest.topology.Account;
import coldstream.ingest.topology.IngestTopology;
import coldstream.ingest.topology.Ledgers;
import coldstream.ingest.topology.TopologyConfig;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisPopularityStore;
import coldstream.scorestore.RedisUserStateStore;
import coldstream.service.OpenParts;
import coldstream.service.RunningService;
import coldstream.service.Setting;
import coldstream.service.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ingest: the gateway that takes events in over HTTP, and the topology that turns them into samples. */
public final class IngestService implements RunningService {

    private static final Logger LOG = LoggerFactory.getLogger(IngestService.class);
    private static final Duration KAFKA_LIMIT = Duration.ofSeconds(30);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);

    /** Most users, and most items, whose latest state waits while Redis is away. */
    private static final int MIRROR_CAPACITY = 100_000;

    private final IngestConfig config;
    private final MeterRegistry meters;
    private final Clock clock = Clock.systemUTC();
    private final OpenParts parts = new OpenParts();
    private volatile @Nullable KafkaStreams streams;
    private @Nullable Gateway gateway;

    private IngestService(IngestConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
    }

    /** Reads the settings; nothing runs yet. */
    public static IngestService create(Settings settings, MeterRegistry meters) {
        return new IngestService(IngestConfig.from(settings), meters);
    }

    /** Every setting it reads. */
    public static List<Setting<?>> settings() {
        return IngestConfig.SETTINGS;
    }

    /** @throws IllegalStateException in one line, if Kafka cannot be reached */
    @Override
    public synchronized void start() {
        try {
            open();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        LOG.atInfo().addKeyValue("port", port()).log("ingest started");
    }

    private void open() {
        config.topics().ensure(config.kafka(), KAFKA_LIMIT);
        RedisConnection redis = parts.opened(RedisConnection.to(config.redis()));
        var items = parts.opened(new Mirror<ItemId, Long>(
                "items", MIRROR_CAPACITY, new RedisPopularityStore(redis, RedisBounds.DEFAULTS)::putAll, meters));
        var users = parts.opened(new Mirror<UserId, UserState>(
                "users", MIRROR_CAPACITY, new RedisUserStateStore(redis, RedisBounds.DEFAULTS)::putAll, meters));
        TopologyConfig topology = config.topology().withInteractionPartitions(interactionPartitions());
        var metrics = new IngestMetrics(meters, users, items);
        KafkaStreams opened =
                new KafkaStreams(IngestTopology.build(topology, clock, metrics), StreamsSettings.of(config));
        // Leaving lets whoever comes next start at once instead of waiting for this member's session to end.
        parts.opened((AutoCloseable)
                () -> opened.close(CloseOptions.timeout(CLOSE_LIMIT).withGroupMembershipOperation(LEAVE_GROUP)));
        streams = opened;
        opened.setUncaughtExceptionHandler(failure -> {
            LOG.atError().setCause(failure).log("processing thread failed, replacing it");
            return REPLACE_THREAD;
        });
        gateway = parts.opened(Gateway.start(config.gateway(), config.kafka(), clock, meters, this::running));
        users.start();
        items.start();
        opened.start();
    }

    /** As many as there are, which need not be as many as a new topic would get. */
    private int interactionPartitions() {
        String topic = config.topology().topics().interactions();
        try (Admin admin = Admin.create(config.kafka())) {
            return admin.describeTopics(List.of(topic))
                    .allTopicNames()
                    .get()
                    .values()
                    .iterator()
                    .next()
                    .partitions()
                    .size();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot describe topic " + topic + ": " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while describing topics", e);
        }
    }

    /** The port the gateway listens on. */
    public synchronized int port() {
        if (gateway == null) {
            throw new IllegalStateException("a service has a port once it is started");
        }
        return gateway.port();
    }

    /**
     * Where every record went, exactly, as far as this process has come; nothing while its partitions move or its state is
     * restored. Counts of records that are not committed yet are in it.
     */
    public Optional<Account> ledger() {
        KafkaStreams running = streams;
        if (running == null) {
            return Optional.empty();
        }
        Map<String, Long> entries = new HashMap<>();
        try {
            for (String ledger : Ledgers.ALL) {
                var store = running.store(StoreQueryParameters.fromNameAndType(
                        ledger, QueryableStoreTypes.<String, Long>keyValueStore()));
                try (var all = store.all()) {
                    all.forEachRemaining(entry -> entries.merge(entry.key, entry.value, Long::sum));
                }
            }
        } catch (InvalidStateStoreException | IllegalStateException e) {
            return Optional.empty();
        }
        return Optional.of(Account.of(entries));
    }

    @Override
    public boolean ready() {
        return running();
    }

    private boolean running() {
        KafkaStreams current = streams;
        return current != null && current.state() == KafkaStreams.State.RUNNING;
    }

    @Override
    public synchronized void drain() {
        if (gateway != null) {
            gateway.drain();
        }
    }

    @Override
    public synchronized void close() {
        parts.close();
        gateway = null;
        streams = null;
    }
}
