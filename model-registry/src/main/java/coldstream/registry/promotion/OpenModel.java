package coldstream.registry.promotion;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.domain.SnapshotManifest;
import coldstream.registry.store.Audit;
import coldstream.registry.store.ModelTable;
import coldstream.registry.store.Refusal;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.VersionTable;
import coldstream.registry.store.Views;
import coldstream.wire.ModelVersion.Tag;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/** A model as one transaction sees and changes it. */
final class OpenModel {

    final String name;
    final Instant now;
    private final Handle handle;
    private final Consumer<Kind> told;
    private PromotionState state;

    /**
     * Opens a model, which must exist.
     *
     * @param told each kind of decision that is written down
     */
    OpenModel(Handle handle, String name, Instant now, Consumer<Kind> told) {
        Views.requireModel(handle, name);
        this.handle = handle;
        this.name = name;
        this.now = now;
        this.told = told;
        state = PromotionTable.state(handle, name);
    }

    PromotionState state() {
        return state;
    }

    void change(UnaryOperator<PromotionState> how) {
        state = how.apply(state);
        PromotionTable.save(handle, name, state);
    }

    Optional<Integer> alias(String alias) {
        return ModelTable.alias(handle, name, alias);
    }

    void point(String alias, int version) {
        ModelTable.setAlias(handle, name, alias, version);
    }

    void unpoint(String alias) {
        ModelTable.deleteAlias(handle, name, alias);
    }

    /** A version whose files are kept; anything else is refused. */
    VersionRow requireStored(String version) {
        return requireStored(Views.requireVersion(handle, name, version));
    }

    private static VersionRow requireStored(VersionRow row) {
        if (!row.stored()) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "an alias must point to a version whose files are kept, got " + row.version());
        }
        return row;
    }

    /** The newest version whose files are kept. */
    Optional<VersionRow> newest() {
        return VersionTable.stored(handle, name).stream().findFirst();
    }

    boolean stored(int version) {
        return VersionTable.find(handle, name, version)
                .filter(VersionRow::stored)
                .isPresent();
    }

    SnapshotManifest manifest(int version) {
        return VersionTable.manifest(
                handle, VersionTable.find(handle, name, version).orElseThrow());
    }

    void tag(int version, String key, String value) {
        VersionTable.setTag(handle, name, version, new Tag(key, value));
    }

    void untag(int version, String key) {
        VersionTable.deleteTag(handle, name, version, key);
    }

    Optional<String> tagged(int version, String key) {
        return VersionTable.tags(handle, name, version).stream()
                .filter(tag -> tag.key().equals(key))
                .map(Tag::value)
                .findFirst();
    }

    int keptBack() {
        return ModelTable.keptBack(handle, name);
    }

    void keptBack(int versions) {
        ModelTable.setKeptBack(handle, name, versions);
    }

    Optional<PromotionTable.Found> evidence(String arm, int baseline) {
        return PromotionTable.found(handle, name, arm, Integer.toString(baseline));
    }

    void audit(Kind kind, int version, Optional<String> alias, String who, String why, Map<String, String> details) {
        ModelTable.touch(handle, name, now.toEpochMilli());
        told.accept(kind);
        Audit.append(handle, new RegistryEvent(kind, name, Integer.toString(version), alias, who, why, now, details));
    }
}
