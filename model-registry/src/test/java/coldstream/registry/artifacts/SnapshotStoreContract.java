package coldstream.registry.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.registry.Snapshots;
import coldstream.registry.artifacts.SnapshotStore.Content;
import coldstream.wire.RelativePath;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every place of snapshots must do. */
abstract class SnapshotStoreContract {

    private static final RelativePath DENSE = RelativePath.of("dense.safetensors");

    private final Path folder;

    SnapshotStoreContract(Path folder) {
        this.folder = folder;
    }

    /** An empty one; called once in a test. */
    abstract SnapshotStore open(Path disk) throws IOException;

    @Test
    void whatIsKeptIsHeldListedAndRead() throws IOException {
        SnapshotStore store = open(folder.resolve("store"));
        String id = keep(store, "a", "0123456789");

        assertThat(store.holds(id)).isTrue();
        assertThat(store.ids()).containsExactly(id);
        assertThat(store.list(id, Optional.empty()))
                .extracting(Entry::path)
                .containsExactly("dense.safetensors", "manifest.json", "rows");
        assertThat(store.list(id, Optional.of(RelativePath.of("rows"))))
                .containsExactly(new Entry("items.safetensors", false, 15));
        assertThat(store.list(id, Optional.of(RelativePath.of("none")))).isEmpty();
        assertThat(read(store, id, DENSE, 0)).isEqualTo("0123456789 of 10");
        assertThat(read(store, id, DENSE, 7)).isEqualTo("789 of 10");
        assertThat(store.open(id, RelativePath.of("rows/none"), 0)).isEmpty();
        assertThat(Files.exists(folder.resolve("a"))).isFalse();
    }

    @Test
    void whatIsKeptAgainStaysAsItIs() throws IOException {
        SnapshotStore store = open(folder.resolve("store"));
        String id = keep(store, "a", "content");

        assertThat(keep(store, "b", "content")).isEqualTo(id);

        assertThat(store.ids()).containsExactly(id);
        assertThat(read(store, id, DENSE, 0)).isEqualTo("content of 7");
    }

    @Test
    void whatIsDeletedIsGoneAndTheRestStays() throws IOException {
        SnapshotStore store = open(folder.resolve("store"));
        String one = keep(store, "a", "one");
        String two = keep(store, "b", "two");

        store.delete(one);
        store.delete(one);

        assertThat(store.holds(one)).isFalse();
        assertThat(store.open(one, DENSE, 0)).isEmpty();
        assertThat(store.ids()).containsExactly(two);
        assertThat(read(store, two, DENSE, 0)).isEqualTo("two of 3");
    }

    @Test
    void whatWasNeverKeptIsNotThere() throws IOException {
        SnapshotStore store = open(folder.resolve("store"));

        assertThat(store.ids()).isEmpty();
        assertThat(store.holds("none")).isFalse();
        assertThat(store.list("none", Optional.empty())).isEmpty();
        assertThat(store.open("none", DENSE, 0)).isEmpty();
    }

    private String keep(SnapshotStore store, String name, String content) throws IOException {
        Path snapshot = Snapshots.write(folder.resolve(name), content, 0.8);
        String id = SnapshotFolder.id(snapshot);
        store.keep(snapshot, id);
        return id;
    }

    private static String read(SnapshotStore store, String id, RelativePath path, long from) throws IOException {
        try (Content content = store.open(id, path, from).orElseThrow()) {
            String text = new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
            return text + " of " + content.size();
        }
    }
}
