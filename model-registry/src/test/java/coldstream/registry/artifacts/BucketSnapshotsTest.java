package coldstream.registry.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.SnapshotManifest;
import coldstream.registry.S3Server;
import coldstream.registry.Snapshots;
import coldstream.registry.artifacts.SnapshotStore.Content;
import coldstream.wire.RelativePath;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract over a real S3 server, which checks signatures. */
@Tag("integration")
final class BucketSnapshotsTest extends SnapshotStoreContract {

    private static S3Server server;
    private static int stores;

    private final List<BucketSnapshots> opened = new ArrayList<>();

    BucketSnapshotsTest(@TempDir Path folder) {
        super(folder);
    }

    @BeforeAll
    static void start(@TempDir Path disk) throws IOException {
        server = S3Server.start(disk);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void close() {
        opened.forEach(BucketSnapshots::close);
    }

    @Override
    SnapshotStore open(Path unused) {
        stores++;
        var store = new BucketSnapshots(server.bucket("p" + stores + "/"), 5 << 20);
        opened.add(store);
        return store;
    }

    @Test
    void aSnapshotWithoutItsManifestIsNotHeldButFoundForRemoval(@TempDir Path folder) throws IOException {
        SnapshotStore bucket = open(folder);
        Path torn = Snapshots.write(folder.resolve("a"), "content", 0.8);
        Files.createDirectories(server.folder().resolve("p" + stores + "/torn"));
        Files.copy(
                torn.resolve("dense.safetensors"), server.folder().resolve("p" + stores + "/torn/dense.safetensors"));

        assertThat(bucket.holds("torn")).isFalse();
        assertThat(bucket.ids()).containsExactly("torn");
        bucket.delete("torn");
        assertThat(bucket.ids()).isEmpty();
    }

    @Test
    void aLargeFileGoesInParts(@TempDir Path folder) throws IOException {
        SnapshotStore bucket = open(folder);
        Path snapshot = Snapshots.write(folder.resolve("a"), "content", 0.8);
        byte[] large = new byte[(12 << 20) + 7];
        new Random(1).nextBytes(large);
        Files.write(snapshot.resolve("rows/items.safetensors"), large);
        Snapshots.seal(snapshot, Map.of(), SnapshotFolder.digests(snapshot));
        String id = SnapshotFolder.id(snapshot);

        bucket.keep(snapshot, id);

        try (Content content =
                bucket.open(id, RelativePath.of("rows/items.safetensors"), 0).orElseThrow()) {
            assertThat(content.stream().readAllBytes()).isEqualTo(large);
        }
        assertThat(bucket.list(id, Optional.empty())).extracting(Entry::path).contains(SnapshotManifest.FILE_NAME);
    }

    @Test
    void aBucketThatIsNotThereIsAFailureAndNotAnEmptyOne(@TempDir Path folder) throws IOException {
        SnapshotStore bucket = open(folder);
        try (var wrong = new BucketSnapshots(server.bucketNamed("no-such-bucket"))) {
            assertThatThrownBy(wrong::ids).isInstanceOf(IOException.class).hasMessageContaining("got HTTP 404");
        }
        try (var wrong = new BucketSnapshots(server.withSecret("wrong"))) {
            assertThatThrownBy(wrong::ids).isInstanceOf(IOException.class).hasMessageContaining("got HTTP 403");
        }
        assertThat(bucket.ids()).isEmpty();
    }
}
