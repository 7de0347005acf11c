package coldstream.app.export;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.RegistryEvent;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelCardTest {

    private final Path snapshot;

    ModelCardTest(@TempDir Path folder) {
        snapshot = folder.resolve("snapshot");
    }

    @BeforeEach
    void write() throws Exception {
        SnapshotOnDisk.write(snapshot, SmallModel.of("dcnv2"));
    }

    @Test
    void saysWhatItIsAndWhatItCameFrom() {
        assertThat(ModelCard.of(Exported.read(snapshot, Optional.empty())))
                .contains("# Model card: ctr", "backbone `dcnv2`, 6 factors a row")
                .contains("| parent | `" + "0".repeat(64) + "` |")
                .contains("| code | `0123456789abcdef` |")
                .contains("| samples trained | 123,456 |")
                .contains("| items | 40, of which 39 may be recommended |")
                .contains("| samples.v1-0 | 901 |\n| samples.v1-1 | 5,678 |")
                .contains("| `guidance` | `s-llmr+residual` |\n| `row-rate` | `0.5` |")
                .contains("gate reliability, uncertainty by entropy")
                .contains("Encoder: an encoder.");
    }

    @Test
    void metricsComeWithTheirIntervalsTheWholeFirst() {
        assertThat(ModelCard.of(Exported.read(snapshot, Optional.empty())))
                .contains("""
                        | overall | 0.8265 | 0.8201 to 0.8329 | 0.5125 | 28,198 |
                        | new_item | - | - to - | - | 0 |
                        | tail | 0.6125 | 0.5500 to 0.6750 | 0.6600 | 321 |
                        """)
                .contains("- Stratum tail rests on 321 events")
                .doesNotContain("- Stratum overall rests");
    }

    @Test
    void whatTheRegistryDecidedIsTold() {
        var promoted = new RegistryEvent(
                RegistryEvent.Kind.PROMOTED,
                "ctr",
                "12",
                Optional.of("champion"),
                "rule",
                "no stratum got worse | by more than 0.01",
                Instant.parse("2026-11-20T12:00:05Z"),
                Map.of());
        var registered = new Exported.Registered("12", List.of("champion"), List.of(promoted));

        assertThat(ModelCard.of(Exported.read(snapshot, Optional.of(registered))))
                .contains("| version | 12 |\n| aliases | champion |")
                .contains(
                        "| 2026-11-20T12:00:05Z | promoted champion | rule | no stratum got worse \\| by more than 0.01 |");
    }
}
