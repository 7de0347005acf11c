package coldstream.console.observe;

import coldstream.console.observe.Quality.Mark;
import coldstream.console.observe.Quality.Point;
import coldstream.console.observe.Quality.Window;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.StratumMetrics;
import coldstream.wire.RegistryPaths;
import coldstream.wire.VersionDetail;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Collects the quality from the trainer's status and from the manifests of versions. Not thread-safe. */
final class QualityLine {

    private static final int MAX_STRATA = 32;

    private final int history;
    private final Map<String, Series<Point>> strata = new TreeMap<>();
    private final Map<String, Series<Window>> windows = new TreeMap<>();
    private final Set<String> drawn = new TreeSet<>();
    private Instant since;
    private List<Mark> marks = List.of();
    private long samples;
    private Instant recalledFrom = Instant.MAX;
    private Instant recalledTo = Instant.MIN;

    QualityLine(int history, Instant now) {
        this.history = history;
        this.since = now;
    }

    /** Takes in where the trainer stands; answers with what is new, if it has learnt since. */
    Optional<Quality> take(JsonNode status, Instant now) {
        long learnt = status.path("samples_trained").asLong();
        if (learnt == samples) {
            return Optional.empty();
        }
        samples = learnt;
        JsonNode calibration = status.path("calibration");
        Map<String, List<Point>> news = new TreeMap<>();
        status.path("prequential").properties().forEach(stratum -> {
            JsonNode metrics = stratum.getValue();
            var point = new Point(
                    now,
                    learnt,
                    Numbers.of(metrics.path("auc")),
                    Numbers.of(metrics.path("auc_low")),
                    Numbers.of(metrics.path("auc_high")),
                    Numbers.of(metrics.path("logloss")),
                    Numbers.of(calibration.path(stratum.getKey())),
                    metrics.path("n").asLong());
            add(strata, stratum.getKey(), point);
            news.put(stratum.getKey(), List.of(point));
        });
        return Optional.of(new Quality(since, news, Map.of(), List.of()));
    }

    /**
     * Takes in all versions there are, oldest first; answers with what is new of them.
     *
     * @param began when this console began to ask: what was before comes from the versions
     */
    Optional<Quality> take(List<VersionDetail> versions, Instant began) {
        Map<String, List<Window>> news = new TreeMap<>();
        List<Mark> now = new ArrayList<>();
        for (VersionDetail detail : versions) {
            SnapshotManifest manifest = detail.manifest();
            String version = detail.version().version();
            List<String> aliases = detail.version().aliases();
            now.add(new Mark(
                    manifest.createdAt(),
                    version,
                    manifest.samples(),
                    aliases.contains(RegistryPaths.CHAMPION),
                    aliases));
            if (drawn.add(version)) {
                if (manifest.createdAt().isBefore(began) && !remembered(manifest.createdAt())) {
                    manifest.metrics().forEach((stratum, metrics) -> add(strata, stratum, point(manifest, metrics)));
                    since = manifest.createdAt().isBefore(since) ? manifest.createdAt() : since;
                }
                manifest.window().forEach((stratum, metrics) -> {
                    Window window = window(manifest, version, metrics);
                    add(windows, stratum, window);
                    news.computeIfAbsent(stratum, key -> new ArrayList<>()).add(window);
                });
            }
        }
        List<Mark> changed = now.stream().filter(mark -> !marks.contains(mark)).toList();
        marks = List.copyOf(now);
        return news.isEmpty() && changed.isEmpty()
                ? Optional.empty()
                : Optional.of(new Quality(since, Map.of(), news, changed));
    }

    /** Goes on with what was seen before. */
    void recall(History before) {
        before.strata()
                .forEach((stratum, points) -> points.forEach(point -> {
                    add(strata, stratum, point);
                    recalledFrom = point.time().isBefore(recalledFrom) ? point.time() : recalledFrom;
                }));
        recalledTo = before.until();
        since = recalledFrom.isBefore(since) ? recalledFrom : since;
    }

    private boolean remembered(Instant time) {
        return !time.isBefore(recalledFrom) && !time.isAfter(recalledTo);
    }

    Quality view(int points) {
        Map<String, List<Point>> all = new TreeMap<>();
        strata.forEach((stratum, series) -> all.put(stratum, series.thinned(points)));
        Map<String, List<Window>> of = new TreeMap<>();
        windows.forEach((stratum, series) -> of.put(stratum, series.thinned(points)));
        return new Quality(since, all, of, marks);
    }

    private <P extends Timed> void add(Map<String, Series<P>> all, String stratum, P point) {
        if (all.containsKey(stratum) || all.size() < MAX_STRATA) {
            all.computeIfAbsent(stratum, key -> new Series<>(history)).add(point);
        }
    }

    private static Point point(SnapshotManifest manifest, StratumMetrics metrics) {
        return new Point(
                manifest.createdAt(),
                manifest.samples(),
                Numbers.finite(metrics.auc()),
                Numbers.finite(metrics.aucLow()),
                Numbers.finite(metrics.aucHigh()),
                Numbers.finite(metrics.logloss()),
                null,
                metrics.n());
    }

    private static Window window(SnapshotManifest manifest, String version, StratumMetrics metrics) {
        return new Window(
                manifest.createdAt(),
                manifest.samples(),
                version,
                Numbers.finite(metrics.auc()),
                Numbers.finite(metrics.aucLow()),
                Numbers.finite(metrics.aucHigh()),
                Numbers.finite(metrics.logloss()),
                metrics.n());
    }
}
