package coldstream.app;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.service.Setting;
import coldstream.service.Settings;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConfigCommandTest {

    private final StringWriter out = new StringWriter();

    @Test
    void showsEverySettingWithItsMeaning() {
        run("config");

        for (Setting<?> setting : Services.settings()) {
            assertThat(out.toString()).contains(setting.key() + ": ", setting.meaning(), "[" + setting.unit() + "]");
        }
    }

    @Test
    void tellsMachinesTheSame() throws IOException {
        run("config", "--json", "--set", "trainer.batch-size=7", "--set", "scorer.openai.api-key=hush");

        JsonNode rows = Json.mapper().readTree(out.toString());
        assertThat(rows).hasSameSizeAs(Services.settings());
        assertThat(row(rows, "trainer.batch-size").path("value").asText()).isEqualTo("7");
        assertThat(row(rows, "trainer.batch-size").path("variable").asText())
                .isEqualTo("COLDSTREAM_TRAINER_BATCH_SIZE");
        assertThat(out.toString()).doesNotContain("hush");
    }

    @Test
    void everyDefaultIsAcceptedAndEveryVariableItsOwn() {
        Settings.of(Services.settings(), Map.of());

        assertThat(Services.settings()).extracting(Setting::variable).doesNotHaveDuplicates();
        assertThat(Services.settings())
                .allSatisfy(
                        setting -> assertThat(setting.meaning()).isNotBlank().doesNotEndWith("."));
    }

    @Test
    void theVariablesThatDocumentsNameExist() {
        assertThat(Services.settings())
                .extracting(Setting::variable)
                .contains(
                        "COLDSTREAM_KAFKA_BOOTSTRAP_SERVERS",
                        "COLDSTREAM_REDIS_URL",
                        "COLDSTREAM_REGISTRY_URL",
                        "COLDSTREAM_SCORER_PROVIDER",
                        "COLDSTREAM_SCORER_OPENAI_BASE_URL",
                        "COLDSTREAM_SCORER_OPENAI_API_KEY",
                        "COLDSTREAM_SCORER_OPENAI_MODEL",
                        "COLDSTREAM_TRAINER_DEVICE",
                        "COLDSTREAM_TRAINER_BATCH_SIZE");
    }

    private static JsonNode row(JsonNode rows, String key) {
        for (JsonNode row : rows) {
            if (row.path("key").asText().equals(key)) {
                return row;
            }
        }
        throw new AssertionError("no setting " + key);
    }

    private void run(String... arguments) {
        int status = Coldstream.commandLine().setOut(new PrintWriter(out, true)).execute(arguments);
        assertThat(status).isZero();
    }
}
