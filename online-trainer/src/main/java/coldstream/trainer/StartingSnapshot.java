package coldstream.trainer;

import coldstream.trainer.out.SnapshotPublisher;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where a trainer goes on. */
final class StartingSnapshot {

    private static final Logger LOG = LoggerFactory.getLogger(StartingSnapshot.class);

    private StartingSnapshot() {}

    /**
     * The newest snapshot on this disk, else in the registry.
     *
     * @param begun whether the model has a journal; without one the registry is not asked
     */
    static Optional<Stored> find(SnapshotStore store, SnapshotPublisher registry, boolean begun) {
        Optional<Stored> local = store.newest();
        if (local.isPresent() || !begun) {
            return local;
        }
        Path part = store.part();
        try {
            return registry.fetchNewest(part).map(version -> {
                Stored stored = store.adopt(part);
                store.published(stored, version);
                return stored;
            });
        } catch (SnapshotPublisher.UnavailableException e) {
            LOG.atWarn().addKeyValue("why", e.getMessage()).log("no snapshot to be had, all steps are repeated");
            return Optional.empty();
        }
    }
}
