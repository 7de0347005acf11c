package coldstream.app.export;

import coldstream.domain.RegistryEvent;
import coldstream.domain.SnapshotManifest;
import coldstream.model.ServedModel;
import coldstream.trainer.learning.GateReport;
import coldstream.wire.SnapshotFolder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot to be exported, checked against its manifest.
 *
 * @param id sha256 of the manifest
 * @param registered what the registry knows of it, where it was asked
 */
public record Exported(
        String id, SnapshotManifest manifest, ServedModel model, GateReport gate, Optional<Registered> registered) {

    /**
     * A version in the registry.
     *
     * @param aliases that point to it
     * @param events of this version, oldest first
     */
    public record Registered(String version, List<String> aliases, List<RegistryEvent> events) {

        public Registered {
            aliases = List.copyOf(aliases);
            events = List.copyOf(events);
        }
    }

    /**
     * Reads a snapshot folder.
     *
     * @throws SnapshotFolder.NotASnapshot if it is not, to the last bit, what its manifest says
     */
    public static Exported read(Path snapshot, Optional<Registered> registered) {
        SnapshotManifest manifest = SnapshotFolder.verify(snapshot);
        return new Exported(
                SnapshotFolder.id(snapshot),
                manifest,
                ServedModel.read(snapshot),
                GateReport.read(snapshot),
                registered);
    }
}
