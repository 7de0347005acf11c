package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Sample;
import coldstream.testkit.Await;
import coldstream.trainer.in.FakeStream;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.out.SnapshotPublisher;
import coldstream.trainer.out.SnapshotStore;
import coldstream.wire.Directive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The real loop dies at every point where what is on disk and what is in the journal differ, again and again, and must end
 * as if it had never died. The learner's weights are the list of what it was told: a sample lost, learnt twice or in another
 * step would show.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class CrashPointTest {

    /** Where a life ends. */
    enum Window {
        BEFORE_APPEND,
        AFTER_APPEND,
        IN_STEP,
        IN_SNAPSHOT,
        BEFORE_RENAME,
        AFTER_RENAME,
        BEFORE_PUBLISH,
        AFTER_PUBLISH
    }

    /** The process died. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1;
    }

    @TempDir
    Path folder;

    private final FakeStream stream = new FakeStream(21, 900);

    @ParameterizedTest
    @EnumSource
    void dyingInOneWindowAgainAndAgainEqualsNeverHavingDied(Window window) throws Exception {
        var random = new Random(window.name().hashCode());
        for (int life = 0; life < 4; life++) {
            new MortalLife(window, random.nextInt(3)).live();
        }
        assertEndsLikeOneThatNeverDied();
    }

    @RepeatedTest(3)
    void dyingAtTwentyRandomPointsEqualsNeverHavingDied(RepetitionInfo repetition) throws Exception {
        var random = new Random(repetition.getCurrentRepetition());
        for (int life = 0; life < 20; life++) {
            List<Window> windows = List.of(Window.values());
            Window window = windows.get(random.nextInt(windows.size()));
            new MortalLife(window, random.nextInt(3)).live();
            if (random.nextInt(4) == 0) {
                tearNewest(random);
            }
        }
        assertEndsLikeOneThatNeverDied();
    }

    @Test
    void aRestartBesideATornSnapshotStartsFromTheOneBefore() throws Exception {
        new MortalLife(Window.AFTER_RENAME, 2).live();
        long newest = stepOfNewest();
        tearNewest(new Random(1));

        Optional<SnapshotStore.Stored> start = new SnapshotStore(folder.resolve("mortal")).newest();
        assertThat(start)
                .hasValueSatisfying(stored ->
                        assertThat(stored.manifest().step()).isPositive().isLessThan(newest));
        assertEndsLikeOneThatNeverDied();
    }

    private long stepOfNewest() {
        return new SnapshotStore(folder.resolve("mortal"))
                .newest()
                .orElseThrow()
                .manifest()
                .step();
    }

    private void tearNewest(Random random) throws IOException {
        Optional<SnapshotStore.Stored> newest = new SnapshotStore(folder.resolve("mortal")).newest();
        if (newest.isEmpty()) {
            return;
        }
        try (Stream<Path> found = Files.list(newest.get().folder())) {
            List<Path> files = found.sorted().toList();
            Path torn = files.get(random.nextInt(files.size()));
            byte[] bytes = Files.readAllBytes(torn);
            Files.write(torn, Arrays.copyOf(bytes, bytes.length - 1 - random.nextInt(bytes.length)));
        }
    }

    @RepeatedTest(3)
    void whatAlarmsDirectedIsDoneAtTheSameStepAgain(RepetitionInfo repetition) throws Exception {
        var random = new Random(100 + repetition.getCurrentRepetition());
        for (int life = 0; life < 12; life++) {
            List<Window> windows = List.of(Window.values());
            var mortal = new MortalLife(windows.get(random.nextInt(windows.size())), random.nextInt(3));
            mortal.directive = Optional.of(Directive.resetGate("life-" + life, "a test"));
            mortal.live();
        }
        assertEndsLikeOneThatNeverDied();
        assertThat(told("mortal").stream().filter(line -> line.startsWith("directive ")))
                .isNotEmpty()
                .doesNotHaveDuplicates();
    }

    private void assertEndsLikeOneThatNeverDied() {
        finish("mortal");
        finish("immortal");
        List<String> told = told("mortal");
        assertThat(told).isEqualTo(told("immortal"));
        assertThat(told.stream().filter(line -> line.startsWith("sample ")).map(line -> line.substring(7)))
                .containsExactlyInAnyOrderElementsOf(stream.samples());
    }

    private List<String> told(String name) {
        return FakeLearning.read(
                new SnapshotStore(folder.resolve(name)).newest().orElseThrow().folder());
    }

    private void finish(String name) {
        var life = new Life(
                stream, folder.resolve(name), new FakePublisher(folder.resolve(name + "-last")), FakeLearning::from);
        life.finish();
        assertThat(life.loop.failure()).isEmpty();
    }

    /** A life that ends in a window, after it passed there so many times; or at the end of the stream. */
    private final class MortalLife {

        private final Window window;
        private final AtomicInteger passes;
        private volatile boolean died;
        private Optional<Directive> directive = Optional.empty();

        MortalLife(Window window, int passes) {
            this.window = window;
            this.passes = new AtomicInteger(passes);
        }

        void live() {
            if (window == Window.BEFORE_APPEND) {
                stream.dieBeforeAppend(1 + passes.get() * 5);
            } else if (window == Window.AFTER_APPEND) {
                stream.dieAfterAppend(1 + passes.get() * 5);
            }
            var store = new SnapshotStore(folder.resolve("mortal"), (part, named) -> {
                die(Window.BEFORE_RENAME);
                Files.move(part, named, StandardCopyOption.ATOMIC_MOVE);
                die(Window.AFTER_RENAME);
            });
            var life = new Life(stream, store, new MortalPublisher(), this::learner);
            directive.ifPresent(life.loop::direct);
            Await.until(
                    "the life ends in " + window,
                    () -> died || life.loop.failure().isPresent() || life.readAll());
            life.halt();
        }

        private void die(Window here) {
            if (window == here && passes.getAndDecrement() <= 0) {
                died = true;
            }
            if (died) { // nothing happens any more
                throw new Died();
            }
        }

        private Learning learner(Optional<Path> snapshot) {
            return new MortalLearning(FakeLearning.from(snapshot));
        }

        private final class MortalPublisher implements SnapshotPublisher {

            private final FakePublisher registry = new FakePublisher(folder.resolve("registry-" + UUID.randomUUID()));

            @Override
            public String publish(Path snapshot) {
                die(Window.BEFORE_PUBLISH);
                String version = registry.publish(snapshot);
                die(Window.AFTER_PUBLISH);
                return version;
            }

            @Override
            public Optional<String> fetchNewest(Path into) {
                return registry.fetchNewest(into);
            }
        }

        private final class MortalLearning extends ForwardingLearning {

            private int steps;

            MortalLearning(Learning learner) {
                super(learner);
            }

            @Override
            public StepResult step(List<Sample> samples) {
                if (++steps % 5 == 0) {
                    die(Window.IN_STEP);
                }
                return super.step(samples);
            }

            @Override
            public Consumer<Path> capture() {
                Consumer<Path> whole = super.capture();
                return into -> {
                    try {
                        Files.writeString(into.resolve("half"), "hal");
                        die(Window.IN_SNAPSHOT);
                        Files.delete(into.resolve("half"));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    whole.accept(into);
                };
            }
        }
    }
}
