package coldstream.app.export;

import coldstream.domain.SnapshotManifest;
import coldstream.domain.StratumMetrics;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.wire.Json;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Whole snapshots: a learner's guidance, a model's numbers, and a manifest of both. */
final class SnapshotOnDisk {

    private SnapshotOnDisk() {}

    /** Fills a folder. */
    static void write(Path folder, SmallModel model) throws IOException {
        Files.createDirectories(folder);
        try (OnlineLearner learner = new OnlineLearner(LearnerConfig.defaults().with("dimension", "4"))) {
            learner.save(folder);
        }
        model.write(folder); // in place of the learner's
        Files.write(folder.resolve(SnapshotManifest.FILE_NAME), Json.write(manifest(folder)));
    }

    private static SnapshotManifest manifest(Path folder) {
        return new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                "ctr",
                Optional.of("0".repeat(64)),
                Instant.parse("2026-11-20T12:00:00Z"),
                1_234,
                2_000,
                Map.of("samples.v1-1", 5_678L, "samples.v1-0", 901L),
                Optional.empty(),
                123_456,
                Optional.of(Instant.parse("2026-11-20T11:59:00Z")),
                Optional.of(Instant.parse("2026-11-20T11:59:58Z")),
                7,
                Map.of("row-rate", "0.5", "guidance", "s-llmr+residual"),
                "ab".repeat(32),
                "0123456789abcdef",
                Map.of("overall", new StratumMetrics(0.8, 0.7, 0.9, 0.5, 4_000)),
                Map.of(
                        "tail", new StratumMetrics(0.6125, 0.55, 0.675, 0.66, 321),
                        "overall", new StratumMetrics(0.8265, 0.8201, 0.8329, 0.5125, 28_198),
                        "new_item", new StratumMetrics(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0)),
                SnapshotFolder.digests(folder));
    }
}
