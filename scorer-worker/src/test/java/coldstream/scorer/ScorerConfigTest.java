package coldstream.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.scorer.candidates.CandidateRules;
import coldstream.scorer.candidates.Shares;
import coldstream.scorer.enrich.EnrichmentRule;
import coldstream.scorer.model.ModelConfig;
import coldstream.service.Setting;
import coldstream.service.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScorerConfigTest {

    @Test
    void defaults() {
        assertThat(config(Map.of()))
                .isEqualTo(new ScorerConfig(
                        "coldstream",
                        "ctr",
                        4,
                        1,
                        URI.create("redis://localhost:6379"),
                        "127.0.0.1",
                        8084,
                        2,
                        new CandidateRules(
                                20, 200, new Shares(2, 1, 0, 1), CandidateRules.Diversity.CATEGORY, 0.25, 0.5, 1),
                        Duration.ofSeconds(2),
                        200,
                        Duration.ofDays(7),
                        ModelConfig.ENCODER,
                        4));
    }

    @Test
    void everySetting() {
        Map<String, String> values = new HashMap<>(Map.of(
                "namespace", "ns",
                "model.name", "m",
                "topics.partitions", "8",
                "topics.replication", "3",
                "redis.url", "redis://r:1",
                "bind-address", "0.0.0.0",
                "scorer.port", "1",
                "scorer.encoder-threads", "1"));
        values.putAll(Map.of(
                "scorer.candidates", "30",
                "scorer.popular-pool", "50",
                "scorer.audit-share", "0.5",
                "scorer.popularity-refresh", "10s",
                "scorer.scores-per-user", "100",
                "scorer.score-ttl", "1h"));
        values.put("scorer.openai.concurrency", "16");
        values.putAll(Map.of(
                "scorer.popular-share", "3",
                "scorer.diverse-share", "4",
                "scorer.matched-share", "5",
                "scorer.tail-share", "6",
                "scorer.diversity", "vector",
                "scorer.cut-share", "0.75"));

        ScorerConfig config = config(values);

        assertThat(values.keySet())
                .containsAll(ScorerConfig.SETTINGS.stream().map(Setting::key).toList())
                .containsAll(CandidateSettings.ALL.stream().map(Setting::key).toList());
        assertThat(config)
                .isEqualTo(new ScorerConfig(
                        "ns",
                        "m",
                        8,
                        3,
                        URI.create("redis://r:1"),
                        "0.0.0.0",
                        1,
                        1,
                        new CandidateRules(
                                30, 50, new Shares(3, 4, 5, 6), CandidateRules.Diversity.VECTOR, 0.5, 0.75, 1),
                        Duration.ofSeconds(10),
                        100,
                        Duration.ofHours(1),
                        ModelConfig.ENCODER,
                        16));
    }

    @Test
    void profilesAndTailUsersAreOffUntilAskedFor() {
        Settings none = Settings.of(ScorerWorker.settings(), Map.of());
        assertThat(ProfileSettings.from(none)).isEqualTo(new ProfileSettings(false, 10, Duration.ofDays(30), 0));
        assertThat(EnrichmentSettings.from(none, true))
                .isEqualTo(new EnrichmentSettings(false, new EnrichmentRule(40)));
    }

    @ParameterizedTest(name = "{0} = {1} is refused")
    @CsvSource(delimiter = '|', textBlock = """
            scorer.encoder-threads    | 0    | scorer.encoder-threads must be 1 to 64, got 0
            scorer.candidates         | 3    | candidates must be 4 to 100, got 3
            scorer.popular-pool       | 0    | popular pool must be at least 1, got 0
            scorer.audit-share        | 1.5  | audit share must be in [0, 1], got 1.5
            scorer.cut-share          | -1   | cut share must be in [0, 1], got -1.0
            scorer.tail-share         | -1   | the share of a candidate plan must be 0 to 1000, got -1.0
            scorer.popularity-refresh | 10ms | scorer.popularity-refresh must be 100ms to 10m, got PT0.01S
            scorer.openai.concurrency | 0    | scorer.openai.concurrency must be 1 to 256, got 0
            """)
    void refusesWhatCannotWork(String key, String value, String message) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    @Test
    void enrichmentWithoutAChatModelIsRefused() {
        Settings settings = Settings.of(ScorerWorker.settings(), Map.of("scorer.enrichment", "true"));

        assertThatThrownBy(() -> EnrichmentSettings.from(settings, false))
                .hasMessage("scorer.enrichment needs a chat model: scorer.provider openai or mixture, got encoder");
    }

    @Test
    void theVariablesOthersRelyOnExist() {
        assertThat(ScorerWorker.settings())
                .extracting(Setting::variable)
                .contains(
                        "COLDSTREAM_SCORER_PROVIDER",
                        "COLDSTREAM_SCORER_OPENAI_BASE_URL",
                        "COLDSTREAM_SCORER_OPENAI_API_KEY",
                        "COLDSTREAM_SCORER_OPENAI_MODEL");
    }

    private static ScorerConfig config(Map<String, String> values) {
        return ScorerConfig.from(Settings.of(ScorerWorker.settings(), values));
    }
}
