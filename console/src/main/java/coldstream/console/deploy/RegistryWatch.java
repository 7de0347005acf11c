package coldstream.console.deploy;

import coldstream.domain.RegistryEvent;
import coldstream.wire.ModelVersion;
import coldstream.wire.PromotionClient;
import coldstream.wire.PromotionView;
import coldstream.wire.RegistryClient;
import coldstream.wire.VersionDetail;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the registry says of one model, as it was when it was last asked. Thread-safe; asking is for one thread.
 *
 * <p>A version's manifest never changes and is asked for once.
 */
public final class RegistryWatch {

    static final int MAX_VERSIONS = 100;
    private static final int MAX_EVENTS = 1_000;

    private final RegistryClient registry;
    private final PromotionClient promotions;
    private final String model;
    private final Map<String, VersionDetail> details = new HashMap<>();
    private final Deque<RegistryEvent> events = new ArrayDeque<>();
    private List<VersionDetail> versions = List.of();
    private @Nullable PromotionView promotion;

    public RegistryWatch(RegistryClient registry, PromotionClient promotions, String model) {
        this.registry = registry;
        this.promotions = promotions;
        this.model = model;
    }

    /**
     * Asks again.
     *
     * @throws coldstream.wire.RegistryException if it does not answer
     */
    public void refresh() {
        List<ModelVersion> newest = registry.versions(model, MAX_VERSIONS);
        List<VersionDetail> known = new ArrayList<>();
        Map<String, VersionDetail> kept = new HashMap<>();
        for (ModelVersion version : newest) {
            VersionDetail detail = detail(version);
            kept.put(version.version(), detail);
            known.add(new VersionDetail(version, detail.manifest(), detail.lineage()));
        }
        PromotionView standing = newest.isEmpty() ? null : promotions.promotion(model);
        synchronized (this) {
            details.clear();
            details.putAll(kept);
            versions = List.copyOf(known);
            promotion = standing;
        }
    }

    private VersionDetail detail(ModelVersion version) {
        synchronized (this) {
            VersionDetail kept = details.get(version.version());
            if (kept != null) {
                return kept;
            }
        }
        return promotions.detail(model, version.version());
    }

    /** Takes in an event of the audit; whether it is of this model, and news. */
    public synchronized boolean take(RegistryEvent event) {
        if (!event.model().equals(model) || events.contains(event)) {
            return false;
        }
        events.addFirst(event);
        if (events.size() > MAX_EVENTS) {
            events.removeLast();
        }
        return true;
    }

    /** The newest versions, newest first. */
    public synchronized List<VersionDetail> versions() {
        return versions;
    }

    public synchronized Optional<VersionDetail> version(String version) {
        return versions.stream()
                .filter(one -> one.version().version().equals(version))
                .findFirst();
    }

    /** Where promotion stands; empty before the first version, or while nobody knows. */
    public synchronized Optional<PromotionView> promotion() {
        return Optional.ofNullable(promotion);
    }

    /** The audit, newest first. */
    public synchronized List<RegistryEvent> events() {
        return List.copyOf(events);
    }

    public Optional<String> champion() {
        return promotion().flatMap(PromotionView::champion);
    }

    public String model() {
        return model;
    }
}
