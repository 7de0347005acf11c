package coldstream.trainer.out;

import coldstream.domain.SnapshotManifest;
import coldstream.wire.FolderDeletion;
import coldstream.wire.Json;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One model's snapshots on this disk: a folder each, named by {@link SnapshotFolder#id}, that appears whole or not at all.
 * The last {@value #KEPT} are kept, and the last one that was published.
 */
public final class SnapshotStore {

    static final int KEPT = 3;

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);
    private static final String PUBLISHED = ".published";
    private static final String PART = ".part-";
    private static final String DAMAGED = ".damaged-";

    private final Path root;
    private final Naming naming;

    /** Gives a whole snapshot its name, whole or not at all. */
    @FunctionalInterface
    public interface Naming {

        void name(Path part, Path folder) throws IOException;
    }

    /**
     * A snapshot on disk.
     *
     * @param id also the folder's name
     */
    public record Stored(String id, Path folder, SnapshotManifest manifest) {}

    /** Keeps snapshots below {@code root}, which nobody else writes to. */
    public SnapshotStore(Path root) {
        this(root, (part, folder) -> Files.move(part, folder, StandardCopyOption.ATOMIC_MOVE));
    }

    /** As above, with another way to give a name. */
    public SnapshotStore(Path root, Naming naming) {
        this.root = root;
        this.naming = naming;
        try {
            Files.createDirectories(root);
            for (Path left : list(PART)) {
                FolderDeletion.delete(left);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + root, e);
        }
    }

    /** A folder to write a snapshot into; it does not exist yet, and goes at the next start unless it is kept. */
    public Path part() {
        return root.resolve(PART + UUID.randomUUID());
    }

    /** Makes a {@link #part()} and has it filled. */
    public void write(Path part, Consumer<Path> files) {
        try {
            Files.createDirectories(part);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + part, e);
        }
        files.accept(part);
    }

    /** Deletes a {@link #part()}, if it was made. */
    public void discard(Path part) {
        FolderDeletion.delete(part);
    }

    /** Writes the manifest of a {@link #part()} and gives it its name. */
    public Stored keep(Path part, SnapshotManifest manifest) {
        try {
            Files.write(part.resolve(SnapshotManifest.FILE_NAME), Json.write(manifest));
            return adopt(part);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + part, e);
        }
    }

    /** Gives a whole snapshot its name. */
    public Stored adopt(Path part) {
        try {
            String id = SnapshotFolder.id(part);
            Path folder = root.resolve(id);
            if (Files.exists(folder)) {
                FolderDeletion.delete(part);
            } else {
                naming.name(part, folder);
            }
            return new Stored(id, folder, SnapshotFolder.manifest(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + root, e);
        }
    }

    /** The whole snapshot of the most steps; one that is damaged is passed over. */
    public Optional<Stored> newest() {
        for (Stored stored : all()) {
            try {
                check(stored);
                return Optional.of(stored);
            } catch (SnapshotFolder.NotASnapshot e) {
                LOG.atWarn()
                        .addKeyValue("snapshot", stored.id())
                        .addKeyValue("why", e.getMessage())
                        .log("snapshot damaged, an older one is used");
                setAside(stored);
            }
        }
        return Optional.empty();
    }

    /** Refuses a snapshot that is not, to the last bit, what it was when it got its name. */
    private static void check(Stored stored) {
        String id = SnapshotFolder.id(stored.folder());
        if (!id.equals(stored.id())) {
            throw new SnapshotFolder.NotASnapshot("the manifest must have sha256 " + stored.id() + ", got " + id);
        }
        SnapshotFolder.verify(stored.folder());
    }

    /** Out of the way of whole ones, and there to be looked at until the next one is written. */
    private void setAside(Stored damaged) {
        try {
            Files.move(damaged.folder(), root.resolve(DAMAGED + damaged.id()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + root, e);
        }
    }

    /** Notes which version a snapshot became. */
    public void published(Stored stored, String version) {
        try {
            Files.writeString(root.resolve(stored.id() + PUBLISHED), version);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + root, e);
        }
    }

    /** The version a snapshot became, if it was published. */
    public Optional<String> version(Stored stored) {
        Path note = root.resolve(stored.id() + PUBLISHED);
        try {
            return Files.exists(note) ? Optional.of(Files.readString(note)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + note, e);
        }
    }

    /** Deletes what need not be kept, and is not in use. */
    void prune(Set<String> inUse) {
        List<Stored> all = all();
        Set<String> kept = new HashSet<>(inUse);
        all.stream().limit(KEPT).forEach(stored -> kept.add(stored.id()));
        all.stream().filter(stored -> version(stored).isPresent()).limit(1).forEach(stored -> kept.add(stored.id()));
        try {
            for (Path damaged : list(DAMAGED)) {
                FolderDeletion.delete(damaged);
            }
            for (Stored stored : all) {
                if (!kept.contains(stored.id())) {
                    Path going = part(); // its name goes first: half of it is no snapshot
                    Files.move(stored.folder(), going, StandardCopyOption.ATOMIC_MOVE);
                    FolderDeletion.delete(going);
                    Files.deleteIfExists(root.resolve(stored.id() + PUBLISHED));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete below " + root, e);
        }
    }

    /**
     * The first offset of the journal that a restart from any snapshot here would read. None before one is published: until
     * then only the whole journal makes up for the loss of this disk.
     */
    OptionalLong journalNeeded() {
        List<Stored> all = all();
        return all.stream().anyMatch(stored -> version(stored).isPresent())
                ? all.stream()
                        .mapToLong(stored -> stored.manifest().journalOffset())
                        .min()
                : OptionalLong.empty();
    }

    /** Newest first. */
    private List<Stored> all() {
        var all = new ArrayList<Stored>();
        try {
            for (Path folder : list("")) {
                if (Files.isDirectory(folder)
                        && !folder.getFileName().toString().startsWith(".")) {
                    try {
                        all.add(new Stored(folder.getFileName().toString(), folder, SnapshotFolder.manifest(folder)));
                    } catch (SnapshotFolder.NotASnapshot e) {
                        LOG.atWarn()
                                .addKeyValue("folder", folder)
                                .addKeyValue("why", e.getMessage())
                                .log("not a snapshot");
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + root, e);
        }
        all.sort(Comparator.comparingLong((Stored stored) -> stored.manifest().step())
                .thenComparing(stored -> stored.manifest().createdAt())
                .reversed());
        return all;
    }

    private List<Path> list(String prefix) throws IOException {
        try (Stream<Path> found = Files.list(root)) {
            return found.filter(path -> path.getFileName().toString().startsWith(prefix))
                    .toList();
        }
    }
}
