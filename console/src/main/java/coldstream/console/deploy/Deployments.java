package coldstream.console.deploy;

import coldstream.console.observe.Numbers;
import coldstream.domain.Evidence;
import coldstream.domain.RegistryEvent;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.domain.StratumMetrics;
import coldstream.wire.ModelVersion;
import coldstream.wire.PromotionView;
import coldstream.wire.RegistryPaths;
import coldstream.wire.VersionDetail;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which versions there are and which one serves.
 *
 * @param champion version that serves; the other names likewise
 * @param versions newest first
 * @param events of the audit, newest first
 */
public record Deployments(
        String model,
        Optional<String> champion,
        Optional<String> previous,
        Optional<String> candidate,
        Optional<String> canary,
        Optional<Double> canaryShare,
        Optional<PromotionView.Freeze> freeze,
        Optional<PromotionView.Pending> pending,
        Optional<Instant> coolDown,
        Optional<Instant> watched,
        List<Evidence> evidence,
        Map<String, String> rules,
        List<Version> versions,
        List<RegistryEvent> events) {

    /**
     * A version.
     *
     * @param lineage versions it continues, newest first
     * @param metrics quality since the warm-up, by stratum
     * @param window quality of the samples since the version before, by stratum
     * @param bytes of its files
     */
    public record Version(
            String version,
            Instant created,
            List<String> aliases,
            boolean champion,
            String snapshot,
            long step,
            long samples,
            List<String> lineage,
            Map<String, Metrics> metrics,
            Map<String, Metrics> window,
            long bytes,
            Map<String, String> tags) {

        static Version of(VersionDetail detail) {
            SnapshotManifest manifest = detail.manifest();
            Map<String, String> tags = new TreeMap<>();
            detail.version().tags().forEach(tag -> tags.put(tag.key(), tag.value()));
            return new Version(
                    detail.version().version(),
                    manifest.createdAt(),
                    detail.version().aliases(),
                    detail.version().aliases().contains(RegistryPaths.CHAMPION),
                    tags.getOrDefault(ModelVersion.SNAPSHOT_TAG, ""),
                    manifest.step(),
                    manifest.samples(),
                    detail.lineage(),
                    Metrics.of(manifest.metrics()),
                    Metrics.of(manifest.window()),
                    manifest.files().values().stream()
                            .mapToLong(FileDigest::size)
                            .sum(),
                    tags);
        }
    }

    /** Quality of one stratum, with the 95 % interval {@code low} to {@code high} of {@code auc}. */
    public record Metrics(
            @Nullable Double auc,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double logloss,
            long n) {

        static Metrics of(StratumMetrics metrics) {
            return new Metrics(
                    Numbers.finite(metrics.auc()),
                    Numbers.finite(metrics.aucLow()),
                    Numbers.finite(metrics.aucHigh()),
                    Numbers.finite(metrics.logloss()),
                    metrics.n());
        }

        static Map<String, Metrics> of(Map<String, StratumMetrics> strata) {
            Map<String, Metrics> all = new TreeMap<>();
            strata.forEach((stratum, metrics) -> all.put(stratum, of(metrics)));
            return all;
        }
    }

    /** @param most versions, and events */
    public static Deployments of(RegistryWatch registry, int most) {
        Optional<PromotionView> standing = registry.promotion();
        return new Deployments(
                registry.model(),
                standing.flatMap(PromotionView::champion),
                standing.flatMap(PromotionView::previous),
                standing.flatMap(PromotionView::candidate),
                standing.flatMap(PromotionView::canary),
                standing.flatMap(PromotionView::canaryShare),
                standing.flatMap(PromotionView::freeze),
                standing.flatMap(PromotionView::pending),
                standing.flatMap(PromotionView::coolDown),
                standing.flatMap(PromotionView::watched),
                standing.map(PromotionView::evidence).orElse(List.of()),
                new TreeMap<>(standing.map(PromotionView::rules).orElse(Map.of())),
                registry.versions().stream().limit(most).map(Version::of).toList(),
                registry.events().stream().limit(most).toList());
    }
}
