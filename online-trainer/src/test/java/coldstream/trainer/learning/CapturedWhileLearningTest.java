package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Snapshots written by other threads while steps go on must have, file by file, the bytes of snapshots of a second learner that
 * stands still while it is written. The world grows all the time: new users, items and answers reach every table.
 */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder before anything else
class CapturedWhileLearningTest {

    private static final int STEPS = 43;
    private static final int EVERY = 7;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"row-optimizer, adagrad", "dense-average, 0.9", "replay, 15", "gate, cell"})
    void aSnapshotTakenWhileTrainingGoesOnEqualsOneTakenAtRest(String knob, String value) throws Exception {
        LearnerConfig config = LearnerConfig.defaults().with(knob, value);
        List<Path> moving = whileLearning(config);
        List<Path> resting = atRest(config);

        assertThat(moving).hasSizeGreaterThan(resting.size());
        for (Path shot : moving) {
            Snapshots.assertEqual(folder.resolve("rest").resolve(shot.getFileName()), shot);
        }
    }

    private static void step(OnlineLearner learner, World world, int step) {
        learner.step(world.batch(24));
        for (int k = 0; k < 8; k++) {
            learner.scores(world.scores(world.someUser(), 0.8, k % 2 == 0));
        }
        learner.item(World.described(1_000 + step));
        learner.vector(World.vector(1_000 + step));
        learner.retire(World.item(step));
    }

    private List<Path> atRest(LearnerConfig config) {
        List<Path> shots = new ArrayList<>();
        World world = new World(51, 500, 400);
        try (OnlineLearner learner = new OnlineLearner(config)) {
            world.introduce(learner);
            for (int step = 0; step < STEPS; step++) {
                step(learner, world, step);
                if (step % EVERY == 0) {
                    shots.add(Snapshots.save(learner, folder.resolve("rest/" + step)));
                }
            }
        }
        return shots;
    }

    /** Each capture is written over and over, each time into another folder, until several more steps are done. */
    private List<Path> whileLearning(LearnerConfig config) throws Exception {
        World world = new World(51, 500, 400);
        var done = new AtomicInteger();
        ExecutorService writers = Executors.newFixedThreadPool(3);
        List<Future<List<Path>>> writing = new ArrayList<>();
        try (OnlineLearner learner = new OnlineLearner(config)) {
            world.introduce(learner);
            for (int step = 0; step < STEPS; step++) {
                step(learner, world, step);
                done.set(step);
                if (step % EVERY == 0) {
                    int at = step;
                    Checkpoint captured = learner.capture();
                    writing.add(writers.submit(() -> write(captured, at, done)));
                }
            }
            done.set(Integer.MAX_VALUE);
            List<Path> shots = new ArrayList<>();
            for (Future<List<Path>> each : writing) {
                shots.addAll(each.get(4, TimeUnit.MINUTES));
            }
            return shots;
        } finally {
            writers.shutdownNow();
        }
    }

    private List<Path> write(Checkpoint captured, int step, AtomicInteger done) {
        List<Path> shots = new ArrayList<>();
        do {
            Path shot = folder.resolve("moving-" + shots.size() + "/" + step);
            assertThat(shot.toFile().mkdirs()).isTrue();
            captured.write(shot);
            shots.add(shot);
        } while (done.get() < step + EVERY && shots.size() < 20);
        return shots;
    }
}
