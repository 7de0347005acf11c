package coldstream.registry.promotion;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.domain.SnapshotManifest;
import coldstream.registry.promotion.PromotionRule.Decision;
import coldstream.registry.store.Audit;
import coldstream.registry.store.ModelTable;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.VersionTable;
import coldstream.wire.RegistryPaths;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What becomes of a new version: challenger at once, and champion when the rule says so. */
public final class Promotion {

    private static final String RULE = "promotion rule";

    private final Optional<PromotionRule> rule;
    private final Clock clock;

    /** @param rule decides about champions; without one, people do */
    public Promotion(Optional<PromotionRule> rule, Clock clock) {
        this.rule = rule;
        this.clock = clock;
    }

    /** Called in the transaction that makes the version. */
    public void consider(Handle handle, VersionRow row, SnapshotManifest manifest) {
        ModelTable.setAlias(handle, row.model(), RegistryPaths.CHALLENGER, row.version());
        audit(handle, row, Kind.ALIAS_SET, RegistryPaths.CHALLENGER, "the newest version", Map.of());
        rule.ifPresent(decides -> promote(handle, decides, row, manifest));
    }

    private void promote(Handle handle, PromotionRule decides, VersionRow row, SnapshotManifest manifest) {
        Optional<VersionRow> champion = ModelTable.alias(handle, row.model(), RegistryPaths.CHAMPION)
                .flatMap(version -> VersionTable.find(handle, row.model(), version));
        int keptBack = ModelTable.keptBack(handle, row.model());
        Decision decision = champion.map(
                        old -> decides.decide(VersionTable.manifest(handle, old).window(), manifest.window(), keptBack))
                .orElseGet(() -> decides.first(manifest.window()));
        ModelTable.setKeptBack(handle, row.model(), decision.promoted() ? 0 : keptBack + 1);
        if (decision.promoted()) {
            ModelTable.setAlias(handle, row.model(), RegistryPaths.CHAMPION, row.version());
        }
        audit(
                handle,
                row,
                decision.promoted() ? Kind.PROMOTED : Kind.KEPT,
                RegistryPaths.CHAMPION,
                decision.why(),
                decision.details());
    }

    private void audit(
            Handle handle, VersionRow row, Kind kind, String alias, String why, Map<String, String> details) {
        String version = Integer.toString(row.version());
        Audit.append(
                handle,
                new RegistryEvent(kind, row.model(), version, Optional.of(alias), RULE, why, clock.instant(), details));
    }
}
