package coldstream.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
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
    void directivesMakeItAFormatThatAnOlderProgramRefuses() {
        var plain = new StepRecord(1, "ctr", 7, new TreeMap<>(Map.of("samples-0", 3L)), 128, 42, "ab12");
        var record = plain.with(List.of(
                Directive.raiseRates("a-1", 2, 5_000, "logloss rose"), Directive.resetGate("a-2", "agreement fell")));
        String text = """
                {"format_version":2,"model":"ctr","step":7,"offsets":{"samples-0":3},"samples":128,"seed":42,\
                "config_hash":"ab12","directives":[{"id":"a-1","kind":"raise-rates","factor":2.0,"samples":5000,\
                "why":"logloss rose"},{"id":"a-2","kind":"reset-gate","why":"agreement fell"}]}""";

        assertThat(new String(Json.write(record), StandardCharsets.UTF_8)).isEqualTo(text);
        assertThat(Json.read(text.getBytes(StandardCharsets.UTF_8), StepRecord.class))
                .isEqualTo(record);
        assertThat(plain.with(List.of())).isEqualTo(plain);
        byte[] disguised =
                text.replace("\"format_version\":2", "\"format_version\":1").getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> Json.read(disguised, StepRecord.class))
                .hasMessageContaining("a step must have format 2 if it has directives");
    }

    @Test
    void aDirectiveOutOfBoundsIsRefused() {
        assertThatThrownBy(() -> Directive.raiseRates("a", 11, 1, "")).hasMessageContaining("at most 10, got 11.0");
        assertThatThrownBy(() -> Directive.raiseRates("a", 1, 1, "")).hasMessageContaining("above 1");
        assertThatThrownBy(() -> Directive.raiseRates("a", 2, 0, "")).hasMessageContaining("at least 1, got 0");
        assertThatThrownBy(() -> Directive.resetGate(" ", "")).hasMessageContaining("1 to 200 characters");
    }

    @Test
    void aRecordWithoutOffsetsIsRefused() {
        byte[] broken = STORED.replace("\"offsets\"", "\"other\"").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.read(broken, StepRecord.class)).isInstanceOf(SerializationException.class);
    }

    @Test
    void aRecordOfAnotherFormatIsRefused() {
        byte[] newer =
                STORED.replace("\"format_version\":1", "\"format_version\":3").getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> Json.read(newer, StepRecord.class))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("step format must be 1 or 2, got 3");
    }
}
