package coldstream.console.deploy;

import coldstream.console.deploy.Deployments.Metrics;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.domain.StratumMetrics;
import coldstream.wire.VersionDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Two versions side by side.
 *
 * @param facts what they are
 * @param metrics quality since the warm-up
 * @param windows quality of the samples since the version before each
 * @param settings that differ
 * @param offsets that differ
 */
public record Difference(
        String from,
        String to,
        List<Pair> facts,
        List<Stratum> metrics,
        List<Stratum> windows,
        List<Pair> settings,
        List<Pair> offsets) {

    /** One thing of both; null where one has none. */
    public record Pair(
            String name, @Nullable String from, @Nullable String to) {}

    /** Quality of one stratum in both, and how much more {@code to} has. */
    public record Stratum(
            String stratum,
            @Nullable Metrics from,
            @Nullable Metrics to,
            @Nullable Double aucDifference,
            @Nullable Double loglossDifference) {}

    public static Difference of(VersionDetail from, VersionDetail to) {
        return new Difference(
                from.version().version(),
                to.version().version(),
                pairs(facts(from), facts(to), true),
                strata(from.manifest().metrics(), to.manifest().metrics()),
                strata(from.manifest().window(), to.manifest().window()),
                pairs(from.manifest().settings(), to.manifest().settings(), false),
                pairs(offsets(from.manifest()), offsets(to.manifest()), false));
    }

    private static Map<String, String> facts(VersionDetail detail) {
        SnapshotManifest manifest = detail.manifest();
        Map<String, String> facts = new TreeMap<>();
        facts.put("aliases", String.join(" ", detail.version().aliases()));
        facts.put(
                "bytes",
                Long.toString(manifest.files().values().stream()
                        .mapToLong(FileDigest::size)
                        .sum()));
        facts.put("code_commit", manifest.codeCommit());
        facts.put("created", manifest.createdAt().toString());
        facts.put("samples", Long.toString(manifest.samples()));
        facts.put("seed", Long.toString(manifest.seed()));
        facts.put("step", Long.toString(manifest.step()));
        manifest.newestIngestTime().ifPresent(time -> facts.put("newest_event", time.toString()));
        manifest.llmWatermark().ifPresent(time -> facts.put("newest_answer", time.toString()));
        return facts;
    }

    private static Map<String, String> offsets(SnapshotManifest manifest) {
        Map<String, String> offsets = new TreeMap<>();
        manifest.offsets().forEach((partition, offset) -> offsets.put(partition, Long.toString(offset)));
        return offsets;
    }

    /** @param same those too that are the same in both */
    private static List<Pair> pairs(Map<String, String> from, Map<String, String> to, boolean same) {
        Set<String> names = new TreeSet<>(from.keySet());
        names.addAll(to.keySet());
        List<Pair> pairs = new ArrayList<>();
        for (String name : names) {
            @Nullable String one = from.get(name);
            @Nullable String other = to.get(name);
            if (same || one == null || !one.equals(other)) {
                pairs.add(new Pair(name, one, other));
            }
        }
        return pairs;
    }

    private static List<Stratum> strata(Map<String, StratumMetrics> from, Map<String, StratumMetrics> to) {
        Map<String, Metrics> ones = Metrics.of(from);
        Map<String, Metrics> others = Metrics.of(to);
        Set<String> names = new TreeSet<>(ones.keySet());
        names.addAll(others.keySet());
        return names.stream()
                .map(name -> stratum(name, ones.get(name), others.get(name)))
                .toList();
    }

    private static Stratum stratum(String name, @Nullable Metrics from, @Nullable Metrics to) {
        return new Stratum(
                name,
                from,
                to,
                from == null || to == null ? null : less(to.auc(), from.auc()),
                from == null || to == null ? null : less(to.logloss(), from.logloss()));
    }

    private static @Nullable Double less(@Nullable Double one, @Nullable Double other) {
        return one == null || other == null ? null : one - other;
    }
}
