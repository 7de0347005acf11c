package coldstream.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.SpendLimits;
import coldstream.scorer.budget.BudgetRules;
import coldstream.scorer.budget.Prices;
import coldstream.scorer.guard.GuardRules;
import coldstream.service.Setting;
import coldstream.service.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueueConfigTest {

    @Test
    void defaults() {
        assertThat(config(Map.of()))
                .isEqualTo(new QueueConfig(
                        5,
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        new GuardRules(
                                0.5, 20, Duration.ofSeconds(5), Duration.ofMinutes(1), 3, Duration.ofMillis(500)),
                        new BudgetRules(new SpendLimits(0, 0, 0, 0), new Prices(0, 0), 0.25, Duration.ofMinutes(10)),
                        Optional.empty()));
    }

    @Test
    void everySetting() {
        Map<String, String> values = new HashMap<>(Map.of(
                "scorer.deliveries", "3",
                "scorer.request-lock", "20s",
                "scorer.debounce", "1s",
                "scorer.breaker.failure-rate", "0.25",
                "scorer.breaker.calls", "40",
                "scorer.breaker.pause", "2s",
                "scorer.breaker.longest-pause", "30s",
                "scorer.retry.attempts", "4",
                "scorer.retry.pause", "100ms",
                "scorer.trainer-url", "http://t:1"));
        values.putAll(Map.of(
                "scorer.budget.requests-per-minute", "60",
                "scorer.question-limit", "90s",
                "scorer.budget.tokens-per-minute", "100000",
                "scorer.budget.tokens-per-day", "1000000",
                "scorer.budget.money-per-day", "2.5",
                "scorer.budget.prompt-price", "0.15",
                "scorer.budget.completion-price", "0.6",
                "scorer.budget.local-share", "0.5",
                "scorer.budget.patience", "30s"));

        assertThat(values.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        QueueConfig.SETTINGS.stream().map(Setting::key).toList());
        assertThat(config(values))
                .isEqualTo(new QueueConfig(
                        3,
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(1),
                        new GuardRules(
                                0.25, 40, Duration.ofSeconds(2), Duration.ofSeconds(30), 4, Duration.ofMillis(100)),
                        new BudgetRules(
                                new SpendLimits(60, 100_000, 1_000_000, 2_500_000),
                                new Prices(0.15, 0.6),
                                0.5,
                                Duration.ofSeconds(30)),
                        Optional.of(URI.create("http://t:1"))));
    }

    @ParameterizedTest(name = "{0} = {1} is refused")
    @CsvSource(delimiter = '|', textBlock = """
            scorer.deliveries                | 9    | scorer.deliveries must be 1 to 8, got 9
            scorer.request-lock              | 10ms | scorer.request-lock must be at least 1s, got PT0.01S
            scorer.question-limit            | 1ms  | scorer.question-limit must be at least 100ms, got PT0.001S
            scorer.breaker.failure-rate      | 0    | scorer.breaker.failure-rate must be in (0, 1], got 0.0
            scorer.breaker.longest-pause     | 1s   | scorer.breaker.longest-pause must not be less than scorer.breaker.pause, got PT1S
            scorer.retry.attempts            | 0    | scorer.retry.attempts must be 1 to 20, got 0
            scorer.budget.prompt-price       | -1   | scorer.budget.prompt-price must not be negative, got -1.0
            scorer.budget.local-share        | 2    | scorer.budget.local-share must be in (0, 1], got 2.0
            """)
    void refusesWhatCannotWork(String key, String value, String message) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static QueueConfig config(Map<String, String> values) {
        return QueueConfig.from(Settings.of(ScorerWorker.settings(), values));
    }
}
