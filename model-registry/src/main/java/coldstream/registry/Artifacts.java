package coldstream.registry;

import coldstream.registry.artifacts.ArtifactStore;
import coldstream.registry.artifacts.BucketSnapshots;
import coldstream.registry.artifacts.FolderSnapshots;
import coldstream.registry.artifacts.Multipart;
import coldstream.registry.artifacts.SnapshotStore;
import coldstream.registry.artifacts.Uploads;
import coldstream.wire.RegistryPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The files as the settings place them: what arrives always in a folder, what is kept there too or in a bucket. */
final class Artifacts {

    private Artifacts() {}

    /** @throws UncheckedIOException if the folder cannot be used */
    static ArtifactStore open(RegistryConfig config) {
        Path folder = config.folder();
        try {
            var uploads = new Uploads(folder, config.maxFileBytes());
            return new ArtifactStore(uploads, new Multipart(folder.resolve("multipart"), uploads), snapshots(config));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot open " + folder, e);
        }
    }

    static SnapshotStore snapshots(RegistryConfig config) throws IOException {
        if (config.bucket().isPresent()) {
            return new BucketSnapshots(config.bucket().get());
        }
        Path folder = config.folder();
        return new FolderSnapshots(folder.resolve("files").resolve(RegistryPaths.SNAPSHOTS), folder.resolve("parts"));
    }
}
