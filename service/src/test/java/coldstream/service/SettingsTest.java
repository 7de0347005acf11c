package coldstream.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {

    private enum Gate {
        RELIABILITY,
        OFF_AGAIN
    }

    private static final Setting<Integer> BATCH = Setting.ofInt("trainer.batch-size", 256, "samples", "batch");
    private static final Setting<Duration> WINDOW =
            Setting.ofDuration("ingest.click-window", Duration.ofMinutes(10), "window");
    private static final Setting<Gate> GATE = Setting.ofEnum("trainer.gate", Gate.RELIABILITY, "gate");
    private static final Setting<Optional<Secret>> KEY = Setting.ofSecret("scorer.openai.api-key", "key");
    private static final Setting<List<String>> WORDS = Setting.ofList("words", List.of("a", "b"), "words");
    private static final List<Setting<?>> DECLARED = declared();

    private final Path folder;

    SettingsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static List<Setting<?>> declared() {
        List<Setting<?>> all = new ArrayList<>(SharedSettings.ALL);
        all.addAll(List.of(BATCH, WINDOW, GATE, KEY, WORDS));
        return List.copyOf(all);
    }

    @Test
    void everyDefaultIsReadable() {
        Settings settings = Settings.of(DECLARED, Map.of());

        assertThat(settings.get(BATCH)).isEqualTo(256);
        assertThat(settings.get(WINDOW)).isEqualTo(Duration.ofMinutes(10));
        assertThat(settings.get(GATE)).isEqualTo(Gate.RELIABILITY);
        assertThat(settings.get(KEY)).isEmpty();
        assertThat(settings.get(WORDS)).containsExactly("a", "b");
        assertThat(settings.get(SharedSettings.REDIS_URL)).hasScheme("redis").hasPort(6379);
    }

    @Test
    void theEnvironmentWinsOverTheFileAndAnOverrideOverBoth() throws IOException {
        Path file = write("trainer: {batch-size: 1, gate: off-again}\ningest.click-window: 72h\nwords: [x, y]\n");

        Settings settings = Settings.builder(DECLARED)
                .file(file)
                .environment(
                        Map.of("COLDSTREAM_TRAINER_BATCH_SIZE", "2", "COLDSTREAM_NAMESPACE", "env", "PATH", "/bin"))
                .overrides(Map.of("namespace", "given"))
                .build();

        assertThat(settings.get(BATCH)).isEqualTo(2);
        assertThat(settings.get(GATE)).isEqualTo(Gate.OFF_AGAIN);
        assertThat(settings.get(WINDOW)).isEqualTo(Duration.ofDays(3));
        assertThat(settings.get(WORDS)).containsExactly("x", "y");
        assertThat(settings.get(SharedSettings.NAMESPACE)).isEqualTo("given");
    }

    @Test
    void anUnknownKeyInTheFileIsRefusedWithTheNearestOne() throws IOException {
        Path file = write("trainer:\n  batchsize: 1\n");

        assertThatThrownBy(() -> Settings.builder(DECLARED).file(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("unknown setting trainer.batchsize")
                .hasMessageContaining("did you mean trainer.batch-size?");
    }

    @Test
    void anUnknownVariableIsRefusedWithTheNearestOne() {
        assertThatThrownBy(() -> Settings.builder(DECLARED).environment(Map.of("COLDSTREAM_TRAINER_BATCHSIZE", "1")))
                .isInstanceOf(SettingsException.class)
                .hasMessage("unknown environment variable COLDSTREAM_TRAINER_BATCHSIZE; did you mean"
                        + " COLDSTREAM_TRAINER_BATCH_SIZE?");
    }

    @Test
    void aWrongValueIsRefusedAtOnceWithItsOrigin() {
        assertThatThrownBy(() -> Settings.builder(DECLARED)
                        .environment(Map.of("COLDSTREAM_TRAINER_BATCH_SIZE", "many"))
                        .build())
                .hasMessage(
                        "setting trainer.batch-size (COLDSTREAM_TRAINER_BATCH_SIZE): it is a whole number, got many");
        assertThatThrownBy(() -> Settings.of(DECLARED, Map.of("trainer.gate", "on")))
                .hasMessage("setting trainer.gate (given): it is one of reliability|off-again, got on");
    }

    @Test
    void everythingBelowKafkaReachesTheClients() throws IOException {
        Path file = write("kafka:\n  bootstrap-servers: a:1\n  linger.ms: 5\n  ssl: {protocol: TLSv1.3}\n");

        Settings settings = Settings.builder(DECLARED)
                .file(file)
                .environment(Map.of("COLDSTREAM_KAFKA_SECURITY_PROTOCOL", "SSL"))
                .build();

        assertThat(settings.kafkaClient())
                .containsOnly(
                        Map.entry("bootstrap.servers", "a:1"),
                        Map.entry("linger.ms", "5"),
                        Map.entry("ssl.protocol", "TLSv1.3"),
                        Map.entry("security.protocol", "SSL"));
    }

    @Test
    void aSecretIsNeverPrinted() {
        Settings settings =
                Settings.of(DECLARED, Map.of("scorer.openai.api-key", "hush", "kafka.sasl.password", "hush"));

        assertThat(settings.get(KEY).map(Secret::reveal)).contains("hush");
        assertThat(settings.toString() + settings.get(KEY) + settings.shown(KEY))
                .doesNotContain("hush");
    }

    @Test
    void aFileThatIsNotThereOrNoYamlIsOneClearLine() throws IOException {
        assertThatThrownBy(() -> Settings.builder(DECLARED).file(folder.resolve("absent.yaml")))
                .hasMessageStartingWith("the settings file must exist and be readable, got ");
        Path file = write("trainer:\n  batch-size: [1\n");
        assertThatThrownBy(() -> Settings.builder(DECLARED).file(file))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("line ")
                .message()
                .hasLineCount(1);
        Path twice = write("namespace: a\nnamespace: b\n");
        assertThatThrownBy(() -> Settings.builder(DECLARED).file(twice)).isInstanceOf(SettingsException.class);
    }

    @Test
    void aSettingThatWasNotDeclaredCannotBeRead() {
        Settings settings = Settings.of(SharedSettings.ALL, Map.of());

        assertThatThrownBy(() -> settings.get(BATCH)).hasMessageContaining("trainer.batch-size");
    }

    private Path write(String yaml) throws IOException {
        return Files.writeString(folder.resolve("coldstream.yaml"), yaml);
    }
}
