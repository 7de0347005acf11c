package coldstream.scorer;

import coldstream.domain.TextEncoder;
import coldstream.scorer.budget.Governor;
import coldstream.scorer.candidates.CandidateBuilder;
import coldstream.scorer.guard.EndpointGuard;
import coldstream.scorer.guard.GuardedScorer;
import coldstream.scorer.model.EncoderScorer;
import coldstream.scorer.model.LanguageModels;
import coldstream.scorer.model.ModelConfig;
import coldstream.scorer.model.VectorTable;
import coldstream.scorestore.RedisBounds;
import coldstream.scorestore.RedisConnection;
import coldstream.scorestore.RedisItemPriorStore;
import coldstream.scorestore.RedisPopularityStore;
import coldstream.scorestore.RedisProfileStore;
import coldstream.scorestore.RedisScoreStore;
import coldstream.scorestore.RedisTranscriptStore;
import coldstream.service.OpenParts;
import coldstream.service.RunningService;
import coldstream.service.ServiceHttp;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import coldstream.textencoder.BgeSmallEncoder;
import coldstream.wire.TopicSetup;
import coldstream.wire.Topics;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The process with the language model: item texts in, vectors out; score requests in, soft scores out. */
public final class ScorerWorker implements RunningService {

    private static final Logger LOG = LoggerFactory.getLogger(ScorerWorker.class);
    private static final Duration TOPICS_LIMIT = Duration.ofSeconds(30);
    private static final Duration PRODUCER_CLOSE = Duration.ofSeconds(2);
    /** For the scores of a whole poll: long against a busy machine, short against the time a request may take. */
    private static final Duration REDIS_TIMEOUT = Duration.ofSeconds(3);

    /** After the last score of anything. */
    private static final Duration PRIORS_KEPT = Duration.ofDays(30);

    private final ScorerConfig config;
    private final ProfileSettings profiles;
    private final EnrichmentSettings enrichment;
    private final TranscriptSettings transcripts;
    private final QueueConfig queue;
    private final Map<String, Object> kafka;
    private final MeterRegistry meters;
    private final VectorTable vectors = new VectorTable(BgeSmallEncoder.DIMENSION);
    private final Catalogue catalogue = new Catalogue(BgeSmallEncoder.NAME, vectors);
    private final ScorerMetrics metrics;
    private final OpenParts parts = new OpenParts();
    private final Queue<Loop> loops = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean begun = new AtomicBoolean();
    private volatile boolean closed;
    private volatile @Nullable CatalogueFeed feed;
    private volatile @Nullable ServiceHttp http;

    private ScorerWorker(
            ScorerConfig config,
            ProfileSettings profiles,
            EnrichmentSettings enrichment,
            TranscriptSettings transcripts,
            QueueConfig queue,
            Map<String, Object> kafka,
            MeterRegistry meters) {
        this.config = config;
        this.profiles = profiles;
        this.enrichment = enrichment;
        this.transcripts = transcripts;
        this.queue = queue;
        this.kafka = kafka;
        this.meters = meters;
        this.metrics = new ScorerMetrics(meters, catalogue, queue.budget().prices(), InstantSource.system());
    }

    /** The worker these settings describe, not started. */
    public static ScorerWorker create(Settings settings, MeterRegistry meters) {
        ScorerConfig config = ScorerConfig.from(settings);
        return new ScorerWorker(
                config,
                ProfileSettings.from(settings),
                EnrichmentSettings.from(settings, config.languageModel().remote()),
                TranscriptSettings.from(settings),
                QueueConfig.from(settings),
                settings.kafkaClient(),
                meters);
    }

    /** Everything that can be set. */
    public static List<Setting<?>> settings() {
        List<Setting<?>> all = new ArrayList<>(SharedSettings.ALL);
        all.addAll(ScorerConfig.SETTINGS);
        all.addAll(ModelConfig.SETTINGS);
        all.addAll(CandidateSettings.ALL);
        all.addAll(ProfileSettings.ALL);
        all.addAll(EnrichmentSettings.ALL);
        all.addAll(TranscriptSettings.ALL);
        all.addAll(QueueConfig.SETTINGS);
        return List.copyOf(all);
    }

    @Override
    public void start() {
        if (closed || begun.getAndSet(true)) {
            throw new IllegalStateException("a scorer worker must be started once");
        }
        try {
            build();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void build() {
        Topics topics = new Topics(config.namespace());
        new TopicSetup(topics, config.model(), config.partitions(), config.replication()).ensure(kafka, TOPICS_LIMIT);
        boolean slow = config.languageModel().remote();
        KafkaClients clients = new KafkaClients(kafka, topics);
        clients.configureGroup(queue.lock());

        TextEncoder encoder = opened(new BgeSmallEncoder(config.encoderThreads()));
        RedisConnection redis = opened(RedisConnection.to(config.redis(), REDIS_TIMEOUT));
        RedisBounds bounds = RedisBounds.DEFAULTS.withScores(config.scoresPerUser(), config.scoreTtl());
        Producer<byte[], byte[]> producer = clients.producer();
        opened((AutoCloseable) () -> producer.close(PRODUCER_CLOSE));

        CatalogueFeed catalogueFeed = opened(new CatalogueFeed(kafka, topics, catalogue));
        feed = catalogueFeed;
        ShelfKeeper shelves = opened(
                new ShelfKeeper(catalogue, new RedisPopularityStore(redis, bounds), !slow, config.popularityRefresh()));
        ItemVectors itemVectors = new ItemVectors(producer, topics.itemVectors(), encoder.name());
        ItemEncoding encoding = opened(new ItemEncoding(
                () -> clients.member(ItemEncoding.group(topics, encoder), ItemEncoding.BATCH),
                topics,
                encoder,
                catalogue,
                itemVectors,
                catalogueFeed::caughtUp));
        boolean fallsBack = config.languageModel().provider() == ModelConfig.Provider.MIXTURE;
        EndpointGuard endpoint = new EndpointGuard(queue.guard(), Clock.systemUTC());
        LanguageModels languageModels = opened(new LanguageModels(
                config.languageModel(),
                config.concurrency(),
                new EncoderScorer(BgeSmallEncoder.NAME, BgeSmallEncoder.DIMENSION, vectors),
                meters,
                model -> Optional.of(new RedisItemPriorStore(
                        redis, model, Math.max(1, config.languageModel().priorItems()), PRIORS_KEPT)),
                fallsBack ? asking -> new GuardedScorer(asking, endpoint) : UnaryOperator.identity()));
        RequestDesk desk = new RequestDesk(
                new HistoryReader(catalogue, encoder, !slow),
                new CandidateBuilder(config.candidates(), vectors::cosine),
                shelves,
                languageModels.scorer(),
                slow && transcripts.users() > 0
                        ? Optional.of(opened(new Transcripts(
                                new RedisTranscriptStore(redis, transcripts.users(), transcripts.keptFor()),
                                languageModels.scorer().model(),
                                InstantSource.system(),
                                meters)))
                        : Optional.empty(),
                metrics,
                InstantSource.system());
        Governor governor = Answering.governor(queue, redis);
        Answering.watched(meters, endpoint, governor);
        Answering.Parts answering = new Answering.Parts(
                clients,
                topics.scoreRequests(),
                desk,
                new Outlet(producer, topics, new RedisScoreStore(redis, bounds), metrics),
                metrics,
                queue,
                catalogueFeed::caughtUp);
        List<Loop> lanes = slow
                ? Answering.waiting(
                        answering,
                        config.concurrency(),
                        shelves,
                        redis,
                        governor,
                        new Answering.Endpoint(endpoint, fallsBack),
                        meters)
                : Answering.atOnce(answering);
        lanes.forEach(this::opened);
        QueueWatch watch = opened(new QueueWatch(kafka, topics, clients.group(), metrics, meters));
        http = opened(ServiceHttp.builder(config.bindAddress(), config.port(), meters)
                .ready("catalogue", catalogueFeed::caughtUp)
                .start());
        catalogueFeed.start();
        shelves.start();
        encoding.start();
        lanes.forEach(Loop::start);
        watch.start();
        SideLoops.of(
                        new SideLoops.Parts(
                                clients,
                                producer,
                                topics,
                                encoder,
                                catalogue,
                                vectors,
                                itemVectors,
                                languageModels.writer(),
                                endpoint,
                                governor,
                                config.concurrency(),
                                queue.questionLimit(),
                                metrics,
                                meters,
                                catalogueFeed::caughtUp),
                        profiles,
                        new RedisProfileStore(redis, profiles.age()),
                        enrichment)
                .forEach(loop -> opened(loop).start());
        LOG.atInfo()
                .addKeyValue("provider", config.languageModel().provider())
                .addKeyValue("model", desk.model())
                .log("scorer worker started");
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.opened(part);
        if (part instanceof Loop loop) {
            loops.add(loop);
        }
        if (closed) {
            throw new IllegalStateException("the scorer worker was closed while it started");
        }
        return part;
    }

    @Override
    public boolean ready() {
        CatalogueFeed running = feed;
        return running != null && running.caughtUp();
    }

    /** How far it is; what it has counted so far. */
    public ScorerProgress progress() {
        return new ScorerProgress(
                catalogue.itemCount(), catalogue.vectorCount(), metrics.scored(), metrics.failures(), metrics.stored());
    }

    /** The port of health and metrics, once started. */
    public int port() {
        ServiceHttp server = http;
        if (server == null) {
            throw new IllegalStateException("the scorer worker is not started");
        }
        return server.port();
    }

    @Override
    public void drain() {
        ServiceHttp server = http;
        if (server != null) {
            server.drain();
        }
    }

    @Override
    public void close() {
        closed = true;
        loops.forEach(Loop::beginStop); // all at once, since each may take its time
        parts.close();
    }
}
