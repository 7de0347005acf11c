package coldstream.scorer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.scorer.model.ModelConfig.Ask;
import coldstream.scorer.model.OpenAiEndpoint.Format;
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

class ModelConfigTest {

    @Test
    void defaults() {
        assertThat(config(Map.of())).isEqualTo(ModelConfig.ENCODER);
        assertThat(config(Map.of("scorer.provider", "openai")).endpoint())
                .contains(new OpenAiEndpoint(
                        URI.create("http://localhost:11434/v1"),
                        ApiKey.NONE,
                        "qwen2.5:3b",
                        Duration.ofSeconds(20),
                        Format.JSON_SCHEMA));
    }

    @Test
    void everySetting() {
        Map<String, String> values = new HashMap<>(Map.of(
                "scorer.provider", "mixture",
                "scorer.openai.base-url", "https://h/v1",
                "scorer.openai.api-key", "k",
                "scorer.openai.api-key-file", "",
                "scorer.openai.model", "chat",
                "scorer.openai.timeout", "5s",
                "scorer.openai.response-format", "json-object",
                "scorer.openai.ask", "yes-no",
                "scorer.openai.yes-no-temperature", "2.5"));
        values.putAll(Map.of("scorer.permutations", "4", "scorer.prior-items", "1000", "scorer.scale", "quantile"));

        assertThat(values.keySet())
                .containsExactlyInAnyOrderElementsOf(
                        ModelConfig.SETTINGS.stream().map(Setting::key).toList());
        assertThat(config(values))
                .isEqualTo(new ModelConfig(
                        ModelConfig.Provider.MIXTURE,
                        Optional.of(new OpenAiEndpoint(
                                URI.create("https://h/v1"),
                                ApiKey.of("k"),
                                "chat",
                                Duration.ofSeconds(5),
                                Format.JSON_OBJECT)),
                        Ask.YES_NO,
                        2.5,
                        4,
                        1000,
                        Scale.QUANTILE));
    }

    @ParameterizedTest(name = "{0} = {1} is refused")
    @CsvSource(delimiter = '|', textBlock = """
            scorer.permutations              | 0   | scorer.permutations must be 1 to 16, got 0
            scorer.permutations              | 2   | twice scorer.openai.timeout for each of scorer.permutations must be at most 50s, got PT1M20S
            scorer.prior-items               | -1  | scorer.prior-items must be 0 to 10000000, got -1
            scorer.openai.yes-no-temperature | 0   | scorer.openai.yes-no-temperature must be above 0 and at most 100, got 0.0
            scorer.openai.timeout            | 1ms | scorer.openai.timeout must be 100ms to 25s, got PT0.001S
            """)
    void refusesWhatCannotWork(String key, String value, String message) {
        assertThatThrownBy(() -> config(Map.of("scorer.provider", "openai", key, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(message);
    }

    private static ModelConfig config(Map<String, String> values) {
        return ModelConfig.from(Settings.of(ModelConfig.SETTINGS, values));
    }
}
