package coldstream.monitor;

import coldstream.domain.DriftAlert;
import coldstream.domain.DriftAlert.Severity;
import coldstream.domain.DriftAlert.State;
import coldstream.domain.DriftAlert.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Alerts for tests. */
public final class Alerts {

    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private Alerts() {}

    /** An open alert of {@code layer/signal/stratum}, found at a step. */
    public static DriftAlert open(String key, long step) {
        String[] parts = key.split("/", -1);
        return new DriftAlert(
                DriftAlert.id("ctr", parts[0], parts[1], parts[2], "adwin", step),
                "ctr",
                "trainer",
                State.OPEN,
                parts[0],
                parts[1],
                parts[2],
                "adwin",
                0.5,
                0.25,
                0.75,
                0.125,
                new Window(NOON.minusSeconds(60), NOON, 500),
                Optional.of("12"),
                Optional.of("13"),
                step,
                new TreeMap<>(),
                new TreeMap<>(),
                Severity.CRITICAL,
                key + " rose",
                List.of(),
                NOON.plusSeconds(step),
                NOON.plusSeconds(step));
    }
}
