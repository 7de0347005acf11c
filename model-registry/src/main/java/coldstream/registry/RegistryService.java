package coldstream.registry;

import coldstream.registry.access.Access;
import coldstream.registry.artifacts.ArtifactStore;
import coldstream.registry.artifacts.Retention;
import coldstream.registry.artifacts.SnapshotIntake;
import coldstream.registry.artifacts.VerifiedFiles;
import coldstream.registry.backup.Backup;
import coldstream.registry.backup.BackupHttp;
import coldstream.registry.events.EventPublisher;
import coldstream.registry.events.Seal;
import coldstream.registry.events.SealedCall;
import coldstream.registry.events.WebhookSender;
import coldstream.registry.mlflow.ArtifactHttp;
import coldstream.registry.mlflow.LeaseHttp;
import coldstream.registry.mlflow.MlflowHttp;
import coldstream.registry.mlflow.MultipartHttp;
import coldstream.registry.mlflow.Registry;
import coldstream.registry.mlflow.RegistryMetrics;
import coldstream.registry.mlflow.Removal;
import coldstream.registry.mlflow.WebhookHttp;
import coldstream.registry.promotion.Promotion;
import coldstream.registry.promotion.PromotionClock;
import coldstream.registry.promotion.PromotionHttp;
import coldstream.registry.promotion.PromotionMetrics;
import coldstream.registry.store.Audit;
import coldstream.registry.store.Database;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionTable;
import coldstream.registry.store.WebhookTable;
import coldstream.service.OpenParts;
import coldstream.service.RunningService;
import coldstream.service.ServiceHttp;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.webhook.WebhookCall;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The model registry: snapshots in, versions out, one of them champion. */
public final class RegistryService implements RunningService {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryService.class);

    private final RegistryConfig config;
    private final MeterRegistry meters;
    private final OpenParts parts = new OpenParts();
    private @Nullable Database database;
    private @Nullable ServiceHttp http;

    private RegistryService(RegistryConfig config, MeterRegistry meters) {
        this.config = config;
        this.meters = meters;
    }

    /** Reads the settings; nothing runs yet. */
    public static RegistryService create(Settings settings, MeterRegistry meters) {
        return new RegistryService(RegistryConfig.from(settings), meters);
    }

    /** Every setting it reads. */
    public static List<Setting<?>> settings() {
        return RegistryConfig.SETTINGS;
    }

    @Override
    public synchronized void start() {
        try {
            open();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
        LOG.atInfo().addKeyValue("port", port()).log("model registry started");
    }

    private void open() {
        Clock clock = Clock.systemUTC();
        Database opened = parts.opened(Database.open(config.database()));
        database = opened;
        var store = new Store(opened.jdbi());
        ArtifactStore artifacts = Artifacts.open(config);
        parts.opened(artifacts.snapshots());
        var retention = new Retention(store, artifacts, config.keep(), config.keepFor(), config.uploadTtl(), clock);
        var decided = new PromotionMetrics(meters);
        var promotion = new Promotion(config.promotion(), store, clock, decided);
        decided.watch(promotion::frozen);
        var metrics = new RegistryMetrics(meters);
        var verified = new VerifiedFiles(artifacts.snapshots(), metrics::damaged);
        var intake =
                new SnapshotIntake(store, artifacts, verified, retention, promotion, config.maxSnapshotBytes(), clock);
        var events = parts.opened(new EventPublisher(store, config.kafka(), config.topics()));
        metrics.watch(
                () -> store.read(Audit::unsent),
                () -> store.read(VersionTable::storedBytes),
                () -> store.read(WebhookTable::owed));
        Seal seal = config.seal().seal();
        seal.adopt(store);
        var call = new SealedCall(
                new WebhookCall(config.webhooks().rules(), SystemDefaultDnsResolver.INSTANCE, clock), seal);
        var sender =
                parts.opened(new WebhookSender(store, call, config.webhooks().ttl(), meters, clock));
        Runnable changed = () -> {
            events.wake();
            sender.wake();
        };
        var registry = new Registry(store, promotion, clock);
        var ticking = parts.opened(new PromotionClock(promotion, changed));
        var access = new Access(config.access());
        if (access.open() && !ServiceHttp.isLoopback(config.bindAddress())) {
            LOG.atWarn()
                    .addKeyValue("bind-address", config.bindAddress())
                    .log("registry has no secrets: whoever reaches it may change what serves");
        }
        http = parts.opened(ServiceHttp.builder(config.bindAddress(), config.port(), meters)
                .ready("database", opened::answers)
                .errors("/api", MlflowHttp::writeError)
                .routes(app -> app.before(access::check))
                .routes(new MlflowHttp(registry, new Removal(store, clock), intake, metrics, changed)::addTo)
                .routes(new WebhookHttp(store, call, clock)::addTo)
                .routes(new LeaseHttp(store, clock)::addTo)
                .routes(new PromotionHttp(promotion, store, Access::who, changed)::addTo)
                .routes(new BackupHttp(new Backup(opened.jdbi(), artifacts.snapshots(), retention, clock))::addTo)
                .routes(new ArtifactHttp(artifacts, verified)::addTo)
                .routes(new MultipartHttp(artifacts.multipart(), artifacts.uploads())::addTo)
                .start());
        events.start();
        sender.start();
        ticking.start();
        hourly(intake);
    }

    /** The port it listens on. */
    public synchronized int port() {
        if (http == null) {
            throw new IllegalStateException("a service has a port once it is started");
        }
        return http.port();
    }

    @Override
    public synchronized boolean ready() {
        return http != null && database != null && database.answers();
    }

    @Override
    public synchronized void drain() {
        if (http != null) {
            http.drain();
        }
    }

    @Override
    public synchronized void close() {
        parts.close();
        http = null;
        database = null;
    }

    private void hourly(SnapshotIntake intake) {
        ScheduledExecutorService hourly = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "registry-retention");
            thread.setDaemon(true);
            return thread;
        });
        Future<?> sweeping = hourly.scheduleWithFixedDelay(() -> sweep(intake), 0, 1, TimeUnit.HOURS);
        parts.opened((AutoCloseable) () -> {
            sweeping.cancel(false);
            hourly.shutdown();
        });
    }

    private static void sweep(SnapshotIntake intake) {
        try {
            intake.sweep();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("old snapshots could not be removed");
        }
    }
}
