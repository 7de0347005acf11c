package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.SnapshotManifest;
import coldstream.testkit.Examples;
import coldstream.trainer.in.FakeStream;
import coldstream.trainer.in.Steps;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots of the product's learner, each of whose files is damaged in turn. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class DamagedSnapshotTest {

    private static final Learning.Factory LEARNERS =
            Learning.Factory.of(LearnerConfig.defaults().with("dimension", "4"));

    /** What happens to a file. */
    enum Damage {
        BIT_FLIPPED {
            @Override
            void to(Path file, Random random) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, bytes);
            }
        },
        TRUNCATED {
            @Override
            void to(Path file, Random random) throws IOException {
                byte[] bytes = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
            }
        },
        MISSING {
            @Override
            void to(Path file, Random random) throws IOException {
                Files.delete(file);
            }
        };

        abstract void to(Path file, Random random) throws IOException;
    }

    @TempDir
    Path folder;

    private Path root;
    private Stored whole;
    private Stored newest;

    @BeforeEach
    void twoSnapshots() {
        root = folder.resolve("store");
        var store = new SnapshotStore(root);
        var stream = new FakeStream(5, 200);
        try (var training = new Training(Life.IDENTITY, LEARNERS, Optional.empty());
                var steps = stream.steps()) {
            steps.open(training.place());
            applyUntil(training, steps, 20);
            whole = training.capture(Examples.NOON).write(store);
            applyUntil(training, steps, 40);
            newest = training.capture(Examples.NOON).write(store);
        }
    }

    private static void applyUntil(Training training, Steps steps, long samples) {
        while (training.samples() < samples) {
            steps.next().ifPresent(training::apply);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whateverFileIsDamagedTheOneBeforeIsUsed(Damage damage) throws IOException {
        var random = new Random(damage.name().hashCode());
        List<String> names;
        try (Stream<Path> files = Files.list(newest.folder())) {
            names = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertThat(names)
                .contains(SnapshotManifest.FILE_NAME, "dense.safetensors", Tally.METRICS_FILE)
                .hasSizeGreaterThan(8);
        for (String name : names) {
            for (int again = 0; again < 3; again++) {
                Path copy = copy(folder.resolve(damage + "-" + name + "-" + again));
                damage.to(copy.resolve(newest.id()).resolve(name), random);
                assertThat(new SnapshotStore(copy).newest())
                        .as("%s %s", name, damage)
                        .hasValueSatisfying(stored -> assertThat(stored.id()).isEqualTo(whole.id()));
            }
        }
    }

    private Path copy(Path to) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(root.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }
}
