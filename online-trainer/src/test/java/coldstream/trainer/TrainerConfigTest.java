package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.trainer.learning.Knob;
import coldstream.trainer.learning.LearnerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrainerConfigTest {

    private static TrainerConfig with(String... keysAndValues) {
        var values = new HashMap<String, String>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            values.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return TrainerConfig.from(Settings.of(OnlineTrainer.settings(), values));
    }

    @Test
    void theDefaultsAreThoseOfTheDesign() {
        TrainerConfig config = with();

        assertThat(config.model()).isEqualTo("ctr");
        assertThat(config.port()).isEqualTo(8083);
        assertThat(config.folder()).isEqualTo(Path.of("data/trainer/ctr"));
        assertThat(config.batchSize()).isEqualTo(128);
        assertThat(config.linger()).isEqualTo(Duration.ofMillis(200));
        assertThat(config.snapshotSamples()).isEqualTo(20_000);
        assertThat(config.snapshotInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.deltaInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.mostSkips()).isEqualTo(10);
        assertThat(config.keepJournal()).isFalse();
        assertThat(config.learner().values())
                .isEqualTo(LearnerConfig.defaults().values())
                .containsEntry("device", "auto");
    }

    @Test
    void everyKnobOfTheLearnerIsASetting() {
        assertThat(OnlineTrainer.settings())
                .extracting(Setting::key)
                .containsAll(LearnerConfig.KNOBS.stream()
                        .map(Knob::name)
                        .map("trainer."::concat)
                        .toList());
    }

    @Test
    void everySettingReachesWhatItSets() {
        TrainerConfig config = with(
                "trainer.batch-size", "64",
                "trainer.linger", "1s",
                "trainer.snapshot-samples", "5",
                "trainer.snapshot-interval", "2s",
                "trainer.delta-interval", "500ms",
                "trainer.most-skips", "3",
                "trainer.keep-journal", "true",
                "trainer.backbone", "deepfm",
                "trainer.seed", "7");

        assertThat(config.batchSize()).isEqualTo(64);
        assertThat(config.linger()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.snapshotSamples()).isEqualTo(5);
        assertThat(config.snapshotInterval()).isEqualTo(Duration.ofSeconds(2));
        assertThat(config.deltaInterval()).isEqualTo(Duration.ofMillis(500));
        assertThat(config.mostSkips()).isEqualTo(3);
        assertThat(config.keepJournal()).isTrue();
        assertThat(config.learner().values()).containsEntry("backbone", "deepfm");
        assertThat(config.seed()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "trainer.batch-size, 0, trainer.batch-size must be 1 to 100000",
        "trainer.linger, 2m, trainer.linger must be",
        "trainer.snapshot-samples, 0, trainer.snapshot-samples must be at least 1",
        "trainer.snapshot-interval, 10ms, trainer.snapshot-interval must be at least 1 s",
        "trainer.delta-interval, 11m, trainer.delta-interval must be 0 s to 10 m",
        "trainer.most-skips, 0, 'trainer.most-skips must be at least 1, got 0'",
        "trainer.backbone, perceptron, backbone",
        "trainer.gate, hope, gate",
    })
    void aValueOutOfBoundsIsRefused(String key, String value, String message) {
        assertThatThrownBy(() -> with(key, value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void theConfigHashChangesWithWhatIsLearntAndNotWithWhereOrHowOften() {
        String hash = with().configHash();

        assertThat(hash).matches("[0-9a-f]{64}");
        assertThat(with("trainer.pair-weight", "0.05").configHash()).isNotEqualTo(hash);
        assertThat(with("trainer.threads", "2", "trainer.batch-size", "7").configHash())
                .isEqualTo(hash);
    }
}
