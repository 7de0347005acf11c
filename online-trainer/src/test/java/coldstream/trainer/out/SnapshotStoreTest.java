package coldstream.trainer.out;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.SnapshotManifest;
import coldstream.domain.StratumMetrics;
import coldstream.testkit.Examples;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class SnapshotStoreTest {

    @TempDir
    Path root;

    private static Stored keep(SnapshotStore store, long step) throws IOException {
        Path part = Files.createDirectory(store.part());
        Files.writeString(part.resolve("weights"), "weights after step " + step);
        return store.keep(part, manifest(step, part));
    }

    private static SnapshotManifest manifest(long step, Path part) {
        return new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                "ctr",
                Optional.empty(),
                Examples.NOON,
                step,
                step,
                Map.of("samples-0", step),
                Optional.empty(),
                step * 128,
                Optional.empty(),
                Optional.empty(),
                0,
                Map.of(),
                "hash",
                "unknown",
                Map.of("overall", new StratumMetrics(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0)),
                Map.of(),
                SnapshotFolder.digests(part));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> found = Files.list(root)) {
            return found.map(path -> path.getFileName().toString()).toList();
        }
    }

    @Test
    void aSnapshotIsNamedByTheHashOfItsManifestAndReadsBackAsItWas() throws IOException {
        var store = new SnapshotStore(root);
        Stored stored = keep(store, 1);

        assertThat(names()).containsExactly(SnapshotFolder.id(stored.folder()));
        assertThat(store.newest()).contains(stored);
    }

    @Test
    void theOneOfTheMostStepsIsTheNewest() throws IOException {
        var store = new SnapshotStore(root);
        keep(store, 30);
        Stored last = keep(store, 200);
        keep(store, 4);

        assertThat(store.newest()).contains(last);
    }

    @Test
    void aDamagedSnapshotIsPassedOverForAnOlderWholeOne() throws IOException {
        var store = new SnapshotStore(root);
        Stored whole = keep(store, 1);
        Stored damaged = keep(store, 2);
        Files.writeString(damaged.folder().resolve("weights"), "weights after step 9");

        assertThat(store.newest()).contains(whole);
    }

    @Test
    void aManifestThatIsOneButNotTheOneItWasIsDamagedAndSetAside() throws IOException {
        var store = new SnapshotStore(root);
        Stored whole = keep(store, 1);
        Stored changed = keep(store, 2);
        Path manifest = changed.folder().resolve(SnapshotManifest.FILE_NAME);
        String text = Files.readString(manifest);
        Files.writeString(manifest, text.replace("\"samples-0\":2", "\"samples-0\":1"));
        assertThat(Files.readString(manifest)).isNotEqualTo(text);

        assertThat(store.newest()).contains(whole);
        assertThat(names()).containsExactlyInAnyOrder(whole.id(), ".damaged-" + changed.id());
        store.prune(Set.of());
        assertThat(names()).containsExactly(whole.id());
    }

    @Test
    void theJournalIsNeededFromTheOldestKeptOnwardsAndAllOfItBeforeOneIsPublished() throws IOException {
        var store = new SnapshotStore(root);
        Stored first = keep(store, 3);
        keep(store, 9);
        assertThat(store.journalNeeded()).isEmpty();
        store.published(first, "1");
        assertThat(store.journalNeeded()).hasValue(3);
    }

    @Test
    void whatACrashLeftHalfWrittenIsGoneAtTheNextStart() throws IOException {
        var store = new SnapshotStore(root);
        Path part = Files.createDirectory(store.part());
        Files.writeString(part.resolve("weights"), "half");

        assertThat(new SnapshotStore(root).newest()).isEmpty();
        assertThat(names()).isEmpty();
    }

    @Test
    void keepsTheLastThreeTheLastPublishedAndWhatIsInUse() throws IOException {
        var store = new SnapshotStore(root);
        Stored used = keep(store, 1);
        store.published(keep(store, 2), "1");
        Stored published = keep(store, 3);
        store.published(published, "2");
        keep(store, 4);
        List<Stored> last = List.of(keep(store, 5), keep(store, 6), keep(store, 7));

        store.prune(Set.of(used.id()));

        assertThat(names())
                .containsExactlyInAnyOrder(
                        used.id(),
                        published.id(),
                        published.id() + ".published",
                        last.get(0).id(),
                        last.get(1).id(),
                        last.get(2).id());
        assertThat(new SnapshotStore(root).version(published)).contains("2");
    }
}
