package coldstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Evidence;
import coldstream.domain.PairedMetrics;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvidenceJsonTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void evidenceIsWrittenAsTheRegistryReadsItAndKeepsWhatIsNoNumber() {
        var evidence = new Evidence(
                "ctr",
                "7",
                "5",
                NOON,
                NOON.plusSeconds(1),
                Map.of("samples-0", 1L),
                Map.of("samples-0", 9L),
                3,
                Map.of(
                        "cold",
                        new PairedMetrics(
                                1, 1, 1, 1, Double.NaN, Double.NaN, Double.NaN, 0.5, 0.25, Double.NaN, 1, 2)));

        byte[] json = Json.write(evidence);

        assertThat(new String(json, UTF_8))
                .startsWith("{\"model\":\"ctr\",\"arm\":\"7\",\"baseline\":\"5\",\"from\":\"2026-01-01T12:00:00Z\"")
                .contains("\"from_offsets\":{\"samples-0\":1}")
                .contains("\"baseline_logloss\":0.25")
                .doesNotContain("difference");
        assertThat(Json.read(json, Evidence.class)).isEqualTo(evidence);
    }
}
