package coldstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SerializationException;
import org.junit.jupiter.api.Test;

class StepRecordTest {

    private static final String STORED = """
            {"format_version":1,"model":"ctr","step":7,\
            "offsets":{"coldstream.items.v1-0":3,"coldstream.samples.v1-1":250},\
            "samples":128,"seed":42,"config_hash":"ab12"}""";

    @Test // journals outlive the program: a change here needs a new format version
    void theFormatIsStable() {
        var record = new StepRecord(
                1,
                "ctr",
                7,
                new TreeMap<>(Map.of("coldstream.samples.v1-1", 250L, "coldstream.items.v1-0", 3L)),
                128,
                42,
                "ab12");

        assertThat(new String(Json.write(record), StandardCharsets.UTF_8)).isEqualTo(STORED);
        assertThat(Json.read(STORED.getBytes(StandardCharsets.UTF_8), StepRecord.class))
                .isEqualTo(record);
    }

    @Test
    void aRecordWithoutOffsetsIsRefused() {
        byte[] broken = STORED.replace("\"offsets\"", "\"other\"").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.read(broken, StepRecord.class)).isInstanceOf(SerializationException.class);
    }

    @Test
    void aRecordOfAnotherFormatIsRefused() {
        byte[] newer =
                STORED.replace("\"format_version\":1", "\"format_version\":2").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.read(newer, StepRecord.class))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("step format must be 1, got 2");
    }
}
