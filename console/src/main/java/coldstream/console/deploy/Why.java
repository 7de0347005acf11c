package coldstream.console.deploy;

import coldstream.domain.Evidence;
import coldstream.domain.RegistryEvent;
import coldstream.wire.PromotionView;
import coldstream.wire.VersionDetail;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Why a version serves, or does not.
 *
 * @param decisions about it, newest first
 * @param evidence of comparisons that it is part of now
 */
public record Why(
        String version,
        List<String> aliases,
        Instant created,
        List<String> lineage,
        List<RegistryEvent> decisions,
        List<Evidence> evidence) {

    private static final Set<RegistryEvent.Kind> DECISIONS = EnumSet.of(
            RegistryEvent.Kind.PROMOTED,
            RegistryEvent.Kind.KEPT,
            RegistryEvent.Kind.ROLLED_BACK,
            RegistryEvent.Kind.CANARY_STARTED,
            RegistryEvent.Kind.PENDING,
            RegistryEvent.Kind.DELTAS_HELD);

    /** Empty if there is no such version. */
    public static Optional<Why> of(RegistryWatch registry, String version) {
        return registry.version(version).map(detail -> of(registry, detail));
    }

    private static Why of(RegistryWatch registry, VersionDetail detail) {
        String version = detail.version().version();
        return new Why(
                version,
                detail.version().aliases(),
                detail.manifest().createdAt(),
                detail.lineage(),
                registry.events().stream()
                        .filter(event -> event.version().equals(version) && DECISIONS.contains(event.kind()))
                        .toList(),
                registry.promotion().map(PromotionView::evidence).orElse(List.of()).stream()
                        .filter(one ->
                                one.arm().equals(version) || one.baseline().equals(version))
                        .toList());
    }
}
