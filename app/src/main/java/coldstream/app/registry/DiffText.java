package coldstream.app.registry;

import coldstream.app.Columns;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.domain.StratumMetrics;
import coldstream.wire.VersionDetail;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Two versions side by side, for people. */
final class DiffText {

    private DiffText() {}

    static String of(VersionDetail one, VersionDetail other) {
        List<String> versions = List.of(
                "version " + one.version().version(),
                "version " + other.version().version());
        var text = new StringBuilder();
        text.append(table("", versions, facts(one), facts(other), true));
        text.append(System.lineSeparator());
        text.append(metrics("window", versions, one.manifest(), other.manifest(), SnapshotManifest::window));
        text.append(System.lineSeparator());
        text.append(
                metrics("since the warm-up", versions, one.manifest(), other.manifest(), SnapshotManifest::metrics));
        text.append(System.lineSeparator());
        text.append(table(
                "setting", versions, one.manifest().settings(), other.manifest().settings(), false));
        text.append(System.lineSeparator());
        text.append(table("offset", versions, offsets(one.manifest()), offsets(other.manifest()), true));
        return text.toString();
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
        facts.put("code commit", manifest.codeCommit());
        facts.put(
                "continues",
                detail.lineage().isEmpty()
                        ? "nothing"
                        : "version " + shown(detail.lineage().get(0)));
        facts.put("lineage", detail.lineage().size() + " before it");
        facts.put("made at", manifest.createdAt().toString());
        facts.put(
                "newest event",
                manifest.newestIngestTime().map(Object::toString).orElse("none"));
        facts.put("newest answer", manifest.llmWatermark().map(Object::toString).orElse("none"));
        facts.put("samples", Long.toString(manifest.samples()));
        facts.put("seed", Long.toString(manifest.seed()));
        facts.put("step", Long.toString(manifest.step()));
        return facts;
    }

    private static String shown(String ancestor) {
        return ancestor.length() > 12 ? ancestor.substring(0, 12) + "..." : ancestor;
    }

    private static Map<String, String> offsets(SnapshotManifest manifest) {
        Map<String, String> offsets = new TreeMap<>();
        manifest.offsets().forEach((partition, offset) -> offsets.put(partition, Long.toString(offset)));
        return offsets;
    }

    private static String metrics(
            String title,
            List<String> versions,
            SnapshotManifest one,
            SnapshotManifest other,
            Function<SnapshotManifest, Map<String, StratumMetrics>> of) {
        Set<String> strata = new TreeSet<>(of.apply(one).keySet());
        strata.addAll(of.apply(other).keySet());
        List<List<String>> rows = new ArrayList<>();
        for (String stratum : strata) {
            rows.add(List.of(
                    stratum,
                    auc(of.apply(one).get(stratum)),
                    auc(of.apply(other).get(stratum)),
                    loss(of.apply(one).get(stratum)),
                    loss(of.apply(other).get(stratum))));
        }
        return Columns.of(
                List.of(title, "AUC, " + versions.get(0), "AUC, " + versions.get(1), "logloss", "logloss"), rows);
    }

    private static String auc(@Nullable StratumMetrics metrics) {
        return metrics == null || Double.isNaN(metrics.auc())
                ? "-"
                : String.format(
                        Locale.ROOT,
                        "%.4f [%.4f, %.4f] of %d",
                        metrics.auc(),
                        metrics.aucLow(),
                        metrics.aucHigh(),
                        metrics.n());
    }

    private static String loss(@Nullable StratumMetrics metrics) {
        return metrics == null || Double.isNaN(metrics.logloss())
                ? "-"
                : String.format(Locale.ROOT, "%.4f", metrics.logloss());
    }

    /** @param all rows too that are the same in both */
    private static String table(
            String title, List<String> versions, Map<String, String> one, Map<String, String> other, boolean all) {
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        List<List<String>> rows = new ArrayList<>();
        for (String name : names) {
            String first = one.getOrDefault(name, "-");
            String second = other.getOrDefault(name, "-");
            if (all || !first.equals(second)) {
                rows.add(List.of(name, first, second));
            }
        }
        return rows.isEmpty()
                ? "every " + title + " is the same" + System.lineSeparator()
                : Columns.of(List.of(title, versions.get(0), versions.get(1)), rows);
    }
}
