package coldstream.trainer;

import coldstream.testkit.Await;
import coldstream.trainer.in.FakeStream;
import coldstream.trainer.in.Steps;
import coldstream.trainer.out.SnapshotPublisher;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.Snapshots;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** One life of the real training loop, with its real threads and snapshot folder, over topics in memory. */
final class Life implements AutoCloseable {

    static final Identity IDENTITY = new Identity("ctr", 42, Map.of("backbone", "dcnv2"), "hash", "unknown");

    private static final int SNAPSHOT_SAMPLES = 40;
    private static final int MOST_SKIPS = 4;

    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final Training training;
    final TrainingLoop loop;
    private final FakeStream stream;
    private final Snapshots snapshots;
    private final TrainerMetrics metrics = new TrainerMetrics(meters);

    Life(FakeStream stream, SnapshotStore store, SnapshotPublisher publisher, Learning.Factory learners) {
        this.stream = stream;
        Optional<SnapshotStore.Stored> newest = store.newest();
        training = new Training(IDENTITY, learners, newest);
        Steps steps = stream.steps();
        snapshots = new Snapshots(store, publisher, Duration.ofMillis(20), steps::forget);
        var rule = new SnapshotRule(SNAPSHOT_SAMPLES, Duration.ofHours(1));
        loop = new TrainingLoop(
                steps,
                training,
                new SnapshotTaker(training, snapshots, store, rule, InstantSource.system()),
                new Recovery(learners, store, steps),
                Epochs.NONE,
                new SkipLimit(MOST_SKIPS),
                metrics,
                InstantSource.system());
        newest.ifPresent(snapshots::resume);
        steps.open(training.place());
        loop.start();
    }

    Life(FakeStream stream, Path root, SnapshotPublisher publisher, Learning.Factory learners) {
        this(stream, new SnapshotStore(root), publisher, learners);
    }

    /** Whether every sample that can be read was trained or skipped. */
    boolean readAll() {
        return training.samples() + training.skips().samples()
                        >= stream.samples().size()
                && loop.lags().values().stream().allMatch(lag -> lag == 0);
    }

    /** Waits for the end of the stream, then closes in order, with a last snapshot. */
    void finish() {
        Await.until(
                "all is read, or training stopped",
                () -> (readAll() && !loop.replaying()) || loop.failure().isPresent());
        close();
    }

    /** Stops as a crash would. */
    void halt() {
        loop.halt();
        snapshots.close();
    }

    @Override
    public void close() {
        loop.close();
        try {
            snapshots.settle(Await.LIMIT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        snapshots.close();
    }
}
