package coldstream.scorer;

import static coldstream.domain.Check.check;

import coldstream.scorer.candidates.CandidateRules;
import coldstream.scorer.model.ModelConfig;
import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.service.SharedSettings;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * How the worker runs.
 *
 * @param encoderThreads texts encoded at once, 1 to 64
 * @param popularityRefresh how old the known popularity may be, 100 ms to 10 m
 * @param scoresPerUser most scores Redis keeps of one user
 * @param scoreTtl how long Redis keeps them
 * @param languageModel which one scores
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
        int encoderThreads,
        CandidateRules candidates,
        Duration popularityRefresh,
        int scoresPerUser,
        Duration scoreTtl,
        ModelConfig languageModel,
        int concurrency) {

    static final Setting<Integer> ENCODER_THREADS =
            Setting.ofInt("scorer.encoder-threads", 2, "threads", "texts encoded at once");

    static final Setting<Duration> POPULARITY_REFRESH = Setting.ofDuration(
            "scorer.popularity-refresh", Duration.ofSeconds(2), "how old the known popularity may be");

    static final Setting<Integer> SCORES_PER_USER =
            Setting.ofInt("scorer.scores-per-user", 200, "scores", "most scores redis keeps of one user");

    static final Setting<Duration> SCORE_TTL =
            Setting.ofDuration("scorer.score-ttl", Duration.ofDays(7), "how long redis keeps a user's scores");

    static final Setting<Integer> CONCURRENCY =
            Setting.ofInt("scorer.openai.concurrency", 4, "requests", "requests to the endpoint at once");

    static final List<Setting<?>> SETTINGS =
            List.of(ENCODER_THREADS, POPULARITY_REFRESH, SCORES_PER_USER, SCORE_TTL, CONCURRENCY);

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
    }

    static ScorerConfig from(Settings settings) {
        ModelConfig languageModel = ModelConfig.from(settings);
        return new ScorerConfig(
                settings.get(SharedSettings.NAMESPACE),
                settings.get(SharedSettings.MODEL_NAME),
                settings.get(SharedSettings.TOPIC_PARTITIONS),
                settings.get(SharedSettings.TOPIC_REPLICATION),
                settings.get(SharedSettings.REDIS_URL),
                settings.get(SharedSettings.BIND_ADDRESS),
                settings.get(SharedSettings.SCORER_PORT),
                settings.get(ENCODER_THREADS),
                CandidateSettings.rules(settings, languageModel.provider() != ModelConfig.Provider.OPENAI),
                settings.get(POPULARITY_REFRESH),
                settings.get(SCORES_PER_USER),
                settings.get(SCORE_TTL),
                languageModel,
                settings.get(CONCURRENCY));
    }
}
