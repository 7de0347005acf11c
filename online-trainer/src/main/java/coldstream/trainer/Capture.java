package coldstream.trainer;

import coldstream.domain.SnapshotManifest;
import coldstream.evaluation.Prequential;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.wire.SnapshotFolder;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * A state held for writing, as a snapshot, on any thread and once.
 *
 * @param files writes all but the manifest into a folder
 * @param manifest without its list of files
 * @param window what the snapshot's window measured
 */
record Capture(Consumer<Path> files, SnapshotManifest manifest, Prequential window) {

    Stored write(SnapshotStore store) {
        Path part = store.part();
        store.write(part, files);
        return store.keep(part, manifest.listing(SnapshotFolder.digests(part)));
    }
}
