package coldstream.registry.mlflow;

import coldstream.domain.RegistryEvent;
import coldstream.domain.RegistryEvent.Kind;
import coldstream.registry.store.Audit;
import coldstream.registry.store.LeaseTable;
import coldstream.registry.store.LeaseTable.Lease;
import coldstream.registry.store.ModelTable;
import coldstream.registry.store.Names;
import coldstream.registry.store.Refusal;
import coldstream.registry.store.Store;
import coldstream.registry.store.VersionRow;
import coldstream.registry.store.VersionTable;
import coldstream.registry.store.Views;
import coldstream.wire.RegisteredModel;
import coldstream.wire.RegistryPaths;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Renames and deletes: what serves is never deleted, what happened stays in the audit, and a version's number is never
 * given again.
 *
 * <p>Doing again what was done already is no error. Files of deleted versions go with the next sweep.
 */
public final class Removal {

    private final Store store;
    private final Clock clock;

    public Removal(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** Gives a model another name, under which it keeps its versions, tags and aliases. */
    RegisteredModel rename(String name, String newName, String who) {
        Names.checkModel(newName);
        return store.write(handle -> {
            boolean done = ModelTable.find(handle, name).isEmpty()
                    && ModelTable.find(handle, newName).isPresent()
                    && wasRenamed(handle, name, newName);
            if (!done && !name.equals(newName)) {
                Views.requireModel(handle, name);
                if (ModelTable.find(handle, newName).isPresent()) {
                    throw Refusal.RESOURCE_ALREADY_EXISTS.because("a model must have a new name, got " + newName);
                }
                requireUnused(handle, name, Optional.empty());
                ModelTable.rename(handle, name, newName);
                ModelTable.touch(handle, newName, clock.millis());
                Map<String, String> details = Map.of("from", name, "to", newName);
                audit(handle, Kind.MODEL_RENAMED, name, "", who, "renamed to " + newName, details);
                audit(handle, Kind.MODEL_RENAMED, newName, "", who, "renamed from " + name, details);
            }
            return Views.model(handle, Views.requireModel(handle, newName));
        });
    }

    void deleteModel(String name, String who) {
        store.change(handle -> {
            if (ModelTable.find(handle, name).isEmpty()) {
                requireKnown(handle, name, Kind.MODEL_DELETED);
                return;
            }
            requireUnused(handle, name, Optional.empty());
            for (int version : VersionTable.numbers(handle, name)) {
                VersionTable.find(handle, name, version)
                        .ifPresent(row -> VersionTable.delete(handle, row, clock.millis()));
            }
            ModelTable.delete(handle, name);
            audit(handle, Kind.MODEL_DELETED, name, "", who, "asked for", Map.of());
        });
    }

    void deleteVersion(String model, String version, String who) {
        int number = Names.version(version);
        store.change(handle -> {
            if (VersionTable.wasDeleted(handle, model, number)) {
                return;
            }
            VersionRow row = Views.requireVersion(handle, model, version);
            if (ModelTable.alias(handle, model, RegistryPaths.CHAMPION)
                    .filter(champion -> champion == number)
                    .isPresent()) {
                throw Refusal.INVALID_PARAMETER_VALUE.because(
                        "the champion must not be deleted: make another version champion first, got " + version);
            }
            requireUnused(handle, model, Optional.of(version));
            VersionTable.delete(handle, row, clock.millis());
            ModelTable.touch(handle, model, clock.millis());
            Map<String, String> details = Map.of("snapshot", row.snapshotId());
            audit(handle, Kind.VERSION_DELETED, model, version, who, "asked for", details);
        });
    }

    private void requireUnused(Handle handle, String model, Optional<String> version) {
        List<String> servers = LeaseTable.of(handle, model, clock.millis()).stream()
                .filter(lease -> version.map(lease.version()::equals).orElse(true))
                .map(Lease::server)
                .distinct()
                .toList();
        if (!servers.isEmpty()) {
            throw Refusal.INVALID_PARAMETER_VALUE.because(
                    "no running server must use it, got " + model + " used by " + String.join(", ", servers));
        }
    }

    private static void requireKnown(Handle handle, String name, Kind last) {
        boolean gone = Audit.of(handle, name, 1).stream().anyMatch(event -> event.kind() == last);
        if (!gone) {
            Views.requireModel(handle, name);
        }
    }

    private static boolean wasRenamed(Handle handle, String name, String newName) {
        return Audit.of(handle, name, 1).stream()
                .anyMatch(event -> event.kind() == Kind.MODEL_RENAMED
                        && newName.equals(event.details().get("to")));
    }

    private void audit(
            Handle handle,
            Kind kind,
            String model,
            String version,
            String who,
            String why,
            Map<String, String> details) {
        Audit.append(
                handle, new RegistryEvent(kind, model, version, Optional.empty(), who, why, clock.instant(), details));
    }
}
