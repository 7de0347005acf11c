package coldstream.registry.artifacts;

import coldstream.wire.RelativePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where checked snapshots are kept by their id: there whole or not at all, and never changed.
 *
 * <p>Thread-safe.
 */
public interface SnapshotStore extends AutoCloseable {

    /**
     * Part of a file; whoever gets it closes it.
     *
     * @param size of the whole file in bytes
     */
    record Content(InputStream stream, long size) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            stream.close();
        }
    }

    /** Keeps a checked folder and takes it away; one that is kept already stays as it is. */
    void keep(Path folder, String id) throws IOException;

    boolean holds(String id) throws IOException;

    /** A file of a snapshot from a byte on; empty if there is none. */
    Optional<Content> open(String id, RelativePath path, long from) throws IOException;

    /** What a folder of a snapshot holds, by name; nothing if there is no such folder. */
    List<Entry> list(String id, Optional<RelativePath> folder) throws IOException;

    /** Every snapshot kept, by id. */
    List<String> ids() throws IOException;

    /** Removes a snapshot: at once it is no longer held, then its files go. */
    void delete(String id) throws IOException;

    @Override
    void close();
}
