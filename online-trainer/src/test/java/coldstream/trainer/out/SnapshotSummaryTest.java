package coldstream.trainer.out;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotSummaryTest {

    @Test
    void theNewestVersionIsNotTheNewestSnapshotWhereTheRegistryRefusesThem() {
        List<SnapshotSummary> snapshots = List.of(captured(1, "1"), captured(2, "2"), captured(3, ""), captured(4, ""));

        assertThat(SnapshotSummary.newestVersion(snapshots)).contains(Instant.ofEpochSecond(2));
        assertThat(SnapshotSummary.newestVersion(snapshots.subList(2, 4))).isEmpty();
    }

    private static SnapshotSummary captured(int second, String version) {
        return new SnapshotSummary(
                "snapshot " + second,
                Optional.of(version).filter(given -> !given.isEmpty()),
                second,
                second,
                0.5,
                Map.of(),
                Instant.ofEpochSecond(second));
    }
}
