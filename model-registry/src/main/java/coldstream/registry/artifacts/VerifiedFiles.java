package coldstream.registry.artifacts;

import coldstream.domain.SnapshotManifest;
import coldstream.domain.SnapshotManifest.FileDigest;
import coldstream.registry.artifacts.SnapshotStore.Content;
import coldstream.registry.store.Refusal;
import coldstream.service.ProblemException;
import coldstream.wire.RelativePath;
import coldstream.wire.SnapshotFolder;
import coldstream.wire.SnapshotFolder.NotASnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files of snapshots so that a damaged one is never delivered whole: its last block goes out only once the sha256 of
 * all of it is right. The id of a snapshot is the sha256 of its manifest, which holds that of every file.
 */
public final class VerifiedFiles {

    private static final Logger LOG = LoggerFactory.getLogger(VerifiedFiles.class);
    private static final int BLOCK = 1 << 16;
    private static final int REMEMBERED = 4_096;

    /** A file is not what its manifest says. */
    public static final class Damaged extends IOException {

        private static final long serialVersionUID = 1;

        Damaged(String message) {
            super(message);
        }
    }

    private final SnapshotStore snapshots;
    private final Runnable counted;
    private final Map<String, SnapshotManifest> manifests = bounded(64);
    private final Map<String, Boolean> whole = bounded(REMEMBERED);
    private final Map<String, String> damaged = bounded(REMEMBERED);

    /** @param counted called for every damaged file that was asked for */
    public VerifiedFiles(SnapshotStore snapshots, Runnable counted) {
        this.snapshots = snapshots;
        this.counted = counted;
    }

    /** What a file should be; empty if the snapshot has no such file. */
    public Optional<FileDigest> expected(String id, RelativePath path) throws IOException {
        if (!snapshots.holds(id)) {
            return Optional.empty();
        }
        if (path.toString().equals(SnapshotManifest.FILE_NAME)) {
            return snapshots.open(id, path, 0).map(content -> {
                try (content) {
                    return new FileDigest(content.size(), id);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
        }
        SnapshotManifest manifest = manifests.get(id);
        if (manifest == null) {
            manifest = manifest(id);
            manifests.put(id, manifest);
        }
        return Optional.ofNullable(manifest.files().get(path.toString()));
    }

    /**
     * Writes a file, or part of it.
     *
     * @throws Damaged after some bytes went out, but never all
     * @throws ProblemException before any did, if the file is damaged
     */
    public void copy(String id, RelativePath path, FileDigest expected, Optional<ByteRange> range, OutputStream out)
            throws IOException {
        String known = damaged.get(id + "/" + path);
        if (known != null) {
            counted.run();
            throw Refusal.DATA_LOSS.because(known);
        }
        if (range.isEmpty()) {
            copyAll(id, path, expected, out);
            return;
        }
        if (!whole.containsKey(id + "/" + path)) {
            copyAll(id, path, expected, OutputStream.nullOutputStream());
        }
        try (Content content = open(id, path, range.get().first())) {
            transfer(content.stream(), range.get().length(), out);
        }
    }

    /** Reads all of a snapshot: whether every file is what its manifest says. */
    boolean isWhole(String id) throws IOException {
        forget(id);
        try {
            for (Map.Entry<String, FileDigest> file : manifest(id).files().entrySet()) {
                copyAll(id, RelativePath.of(file.getKey()), file.getValue(), OutputStream.nullOutputStream());
            }
            return true;
        } catch (Damaged | ProblemException e) {
            return false;
        }
    }

    /** What was known of a snapshot's files no longer counts. */
    void forget(String id) {
        manifests.remove(id);
        for (Map<String, ?> known : List.of(whole, damaged)) {
            synchronized (known) {
                known.keySet().removeIf(file -> file.startsWith(id + "/"));
            }
        }
    }

    private void copyAll(String id, RelativePath path, FileDigest expected, OutputStream out) throws IOException {
        MessageDigest hash = FileTree.sha256();
        long size = 0;
        boolean sent = false;
        byte[] held = new byte[0];
        try (Content content = open(id, path, 0)) {
            for (byte[] block = content.stream().readNBytes(BLOCK);
                    block.length > 0;
                    block = content.stream().readNBytes(BLOCK)) {
                hash.update(block);
                size += block.length;
                if (held.length > 0) {
                    out.write(held);
                    sent = true;
                }
                held = block;
            }
        }
        String got = HexFormat.of().formatHex(hash.digest());
        if (size != expected.size() || !got.equals(expected.sha256())) {
            String message = size != expected.size()
                    ? "%s must have %d bytes, got %d".formatted(path, expected.size(), size)
                    : "%s must have sha256 %s, got %s".formatted(path, expected.sha256(), got);
            damaged.put(id + "/" + path, message);
            counted.run();
            LOG.atError()
                    .addKeyValue("snapshot", id)
                    .addKeyValue("why", message)
                    .log("a file is damaged");
            if (sent) {
                throw new Damaged(message);
            }
            throw Refusal.DATA_LOSS.because(message);
        }
        whole.put(id + "/" + path, true);
        out.write(held);
    }

    private SnapshotManifest manifest(String id) throws IOException {
        try (Content content = open(id, RelativePath.of(SnapshotManifest.FILE_NAME), 0)) {
            byte[] bytes = content.stream().readAllBytes();
            String got = HexFormat.of().formatHex(FileTree.sha256().digest(bytes));
            if (!got.equals(id)) {
                counted.run();
                throw Refusal.DATA_LOSS.because("the manifest must have sha256 " + id + ", got " + got);
            }
            return SnapshotFolder.manifest(bytes);
        } catch (NotASnapshot e) {
            throw Refusal.DATA_LOSS.because(e);
        }
    }

    private Content open(String id, RelativePath path, long from) throws IOException {
        return snapshots
                .open(id, path, from)
                .orElseThrow(() -> Refusal.DATA_LOSS.because(path + " of the manifest must be there, got none"));
    }

    /** Copies so many bytes. */
    public static void transfer(InputStream in, long length, OutputStream out) throws IOException {
        byte[] buffer = new byte[BLOCK];
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (n < 0) {
                throw new Damaged("a file must not shrink while it is read");
            }
            out.write(buffer, 0, n);
            left -= n;
        }
    }

    private static <V> Map<String, V> bounded(int size) {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > size;
            }
        });
    }
}
