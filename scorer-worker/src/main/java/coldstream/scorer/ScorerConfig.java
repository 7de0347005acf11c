package coldstream.scorer;

import static coldstream.domain.Check.check;

import coldstream.scorer.candidates.CandidateRules;
import coldstream.scorer.model.OpenAiEndpoint;
import coldstream.scorer.model.OpenAiEndpoint.Format;
import coldstream.service.Secret;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the worker runs.
 *
 * @param encoderThreads texts encoded at once, 1 to 64
 * @param popularityRefresh how old the known popularity may be, 100 ms to 10 m
 * @param scoresPerUser most scores Redis keeps of one user
 * @param scoreTtl how long Redis keeps them
 * @param endpoint of the chat model; only where the provider is {@code openai}
 * @param concurrency requests to the chat model at once, 1 to 256
 */
record ScorerConfig(
        String namespace,
        String model,
        int partitions,
        int replication,
        URI redis,
        String bindAddress,
        int port,
        Provider provider,
        int encoderThreads,
        CandidateRules candidates,
        Duration popularityRefresh,
        int scoresPerUser,
        Duration scoreTtl,
        Optional<OpenAiEndpoint> endpoint,
        int concurrency) {

    /** Which language model scores. */
    enum Provider {
        /** The text encoder in the process. */
        ENCODER,
        /** A chat model behind an OpenAI-compatible endpoint. */
        OPENAI
    }

    static final Setting<Provider> PROVIDER =
            Setting.ofEnum("scorer.provider", Provider.ENCODER, "which language model scores");

    static final Setting<Integer> ENCODER_THREADS =
            Setting.ofInt("scorer.encoder-threads", 2, "threads", "texts encoded at once");

    static final Setting<Integer> CANDIDATES =
            Setting.ofInt("scorer.candidates", CandidateRules.DEFAULTS.count(), "items", "candidates a request");

    static final Setting<Integer> POPULAR_POOL = Setting.ofInt(
            "scorer.popular-pool",
            CandidateRules.DEFAULTS.popularPool(),
            "items",
            "most popular items that half of the candidates are drawn from");

    static final Setting<Double> AUDIT_SHARE = Setting.ofDouble(
            "scorer.audit-share",
            CandidateRules.DEFAULTS.auditShare(),
            "share",
            "share of the requests that hide the user's last item, to measure the language model");

    static final Setting<Duration> POPULARITY_REFRESH = Setting.ofDuration(
            "scorer.popularity-refresh", Duration.ofSeconds(2), "how old the known popularity may be");

    static final Setting<Integer> SCORES_PER_USER =
            Setting.ofInt("scorer.scores-per-user", 200, "scores", "most scores redis keeps of one user");

    static final Setting<Duration> SCORE_TTL =
            Setting.ofDuration("scorer.score-ttl", Duration.ofDays(7), "how long redis keeps a user's scores");

    static final Setting<URI> BASE_URL = Setting.ofUri(
            "scorer.openai.base-url",
            "http://localhost:11434/v1",
            "OpenAI-compatible endpoint, up to and with its version");

    static final Setting<Optional<Secret>> API_KEY =
            Setting.ofSecret("scorer.openai.api-key", "bearer token of the endpoint; none if it asks for none");

    static final Setting<String> MODEL =
            Setting.ofString("scorer.openai.model", "qwen2.5:3b", "chat model, as the endpoint names it");

    static final Setting<Duration> TIMEOUT = Setting.ofDuration(
            "scorer.openai.timeout", Duration.ofSeconds(20), "longest wait for one answer, at most 25s");

    static final Setting<Format> FORMAT = Setting.ofEnum(
            "scorer.openai.response-format", Format.JSON_SCHEMA, "how the endpoint is asked for a JSON answer");

    static final Setting<Integer> CONCURRENCY =
            Setting.ofInt("scorer.openai.concurrency", 4, "requests", "requests to the endpoint at once");

    static final List<Setting<?>> SETTINGS = List.of(
            PROVIDER,
            ENCODER_THREADS,
            CANDIDATES,
            POPULAR_POOL,
            AUDIT_SHARE,
            POPULARITY_REFRESH,
            SCORES_PER_USER,
            SCORE_TTL,
            BASE_URL,
            API_KEY,
            MODEL,
            TIMEOUT,
            FORMAT,
            CONCURRENCY);

    ScorerConfig {
        check(
                encoderThreads >= 1 && encoderThreads <= 64,
                "scorer.encoder-threads must be 1 to 64, got %d",
                encoderThreads);
        check(
                popularityRefresh.toMillis() >= 100 && popularityRefresh.compareTo(Duration.ofMinutes(10)) <= 0,
                "scorer.popularity-refresh must be 100ms to 10m, got %s",
                popularityRefresh);
        check(
                concurrency >= 1 && concurrency <= 256,
                "scorer.openai.concurrency must be 1 to 256, got %d",
                concurrency);
        check(
                (provider == Provider.OPENAI) == endpoint.isPresent(),
                "an endpoint belongs to scorer.provider openai, got %s",
                provider);
    }

    static ScorerConfig from(Settings settings) {
        Provider provider = settings.get(PROVIDER);
        return new ScorerConfig(
                settings.get(SharedSettings.NAMESPACE),
                settings.get(SharedSettings.MODEL_NAME),
                settings.get(SharedSettings.TOPIC_PARTITIONS),
                settings.get(SharedSettings.TOPIC_REPLICATION),
                settings.get(SharedSettings.REDIS_URL),
                settings.get(SharedSettings.BIND_ADDRESS),
                settings.get(SharedSettings.SCORER_PORT),
                provider,
                settings.get(ENCODER_THREADS),
                new CandidateRules(settings.get(CANDIDATES), settings.get(POPULAR_POOL), settings.get(AUDIT_SHARE)),
                settings.get(POPULARITY_REFRESH),
                settings.get(SCORES_PER_USER),
                settings.get(SCORE_TTL),
                provider == Provider.OPENAI ? Optional.of(endpoint(settings)) : Optional.empty(),
                settings.get(CONCURRENCY));
    }

    private static OpenAiEndpoint endpoint(Settings settings) {
        return new OpenAiEndpoint(
                settings.get(BASE_URL),
                settings.get(API_KEY),
                settings.get(MODEL),
                settings.get(TIMEOUT),
                settings.get(FORMAT));
    }
}
