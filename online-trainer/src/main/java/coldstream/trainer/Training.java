package coldstream.trainer;

import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.SoftScores;
import coldstream.domain.StratumMetrics;
import coldstream.evaluation.Prequential;
import coldstream.trainer.in.ItemChange;
import coldstream.trainer.in.StartingPoint;
import coldstream.trainer.in.Step;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Everything that steps change: the learner, the metrics and the place in the stream. It changes by {@link #apply} alone, so
 * the same steps give the same state. Thread-safe.
 */
final class Training implements AutoCloseable {

    /** The saved metrics within a snapshot. */
    static final String METRICS_FILE = "prequential.bin";

    private final Identity identity;
    private final Learning learner;
    private final Prequential total;

    private Prequential window = new Prequential();
    private Optional<String> parent;
    private StartingPoint place;
    private long samples;
    private long unreadable;
    private @Nullable Instant llmWatermark;
    private @Nullable Instant oldestIngestTime;
    private @Nullable Instant newestIngestTime;
    private StepResult.@Nullable Statistics lastStep;

    /**
     * What a snapshot says of its maker.
     *
     * @param settings every setting that changes what is learnt
     * @param configHash sha256 of {@code settings}
     */
    record Identity(String model, long seed, Map<String, String> settings, String configHash, String codeCommit) {}

    /** Where training stands. */
    record Standing(
            StartingPoint place,
            long samples,
            long unreadable,
            Map<String, StratumMetrics> metrics,
            Map<String, Double> calibration,
            GateReport gate,
            Map<String, Long> rows,
            Optional<StepResult.Statistics> lastStep) {}

    /** Continues from a snapshot, or begins. */
    Training(Identity identity, Learning.Factory learners, Optional<Stored> from) {
        this.identity = identity;
        this.learner = learners.from(from.map(Stored::folder));
        this.parent = from.map(Stored::id);
        if (from.isEmpty()) {
            total = new Prequential();
            place = StartingPoint.BEGINNING;
            return;
        }
        SnapshotManifest manifest = from.get().manifest();
        total = metrics(from.get().folder());
        place = new StartingPoint(manifest.step(), manifest.journalOffset(), new TreeMap<>(manifest.offsets()));
        samples = manifest.samples();
        llmWatermark = manifest.llmWatermark().orElse(null);
        newestIngestTime = manifest.newestIngestTime().orElse(null);
    }

    private static Prequential metrics(Path folder) {
        try {
            return Prequential.restore(Files.readAllBytes(folder.resolve(METRICS_FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /** Applies the next step. */
    synchronized void apply(Step step) {
        for (ItemChange change : step.items()) {
            change.item().ifPresentOrElse(learner::item, () -> learner.retire(change.id()));
        }
        step.vectors().forEach(learner::vector);
        for (SoftScores scores : step.scores()) {
            learner.scores(scores);
            llmWatermark = later(llmWatermark, scores.scoredAt());
        }
        if (!step.samples().isEmpty()) {
            StepResult result = learner.step(step.samples());
            for (ScoredEvent event : result.events()) {
                total.add(event);
                window.add(event);
            }
            lastStep = result.statistics();
        }
        for (Sample sample : step.samples()) {
            newestIngestTime = later(newestIngestTime, sample.ingestTime());
            oldestIngestTime = oldestIngestTime == null || sample.ingestTime().isBefore(oldestIngestTime)
                    ? sample.ingestTime()
                    : oldestIngestTime;
        }
        samples += step.samples().size();
        unreadable += step.unreadable();
        place = new StartingPoint(
                step.record().step(), step.journalOffset(), step.record().offsets());
    }

    private static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    synchronized StartingPoint place() {
        return place;
    }

    synchronized long samples() {
        return samples;
    }

    synchronized Standing standing() {
        return new Standing(
                place,
                samples,
                unreadable,
                total.metrics(),
                total.calibrationRatios(),
                learner.gate(),
                learner.rows(),
                Optional.ofNullable(lastStep));
    }

    /**
     * Holds the state as it is now, and begins a new window.
     *
     * @return what writes it as a snapshot; any thread may call it, once
     */
    synchronized Capture capture(Instant now) {
        Consumer<Path> learnt = learner.capture();
        byte[] measured = total.save();
        var capture = new Capture(
                folder -> {
                    learnt.accept(folder);
                    write(folder.resolve(METRICS_FILE), measured);
                },
                new SnapshotManifest(
                        SnapshotManifest.FORMAT_VERSION,
                        identity.model(),
                        parent,
                        now,
                        place.step(),
                        place.journalOffset(),
                        place.offsets(),
                        Optional.ofNullable(llmWatermark),
                        samples,
                        Optional.ofNullable(oldestIngestTime),
                        Optional.ofNullable(newestIngestTime),
                        identity.seed(),
                        identity.settings(),
                        identity.configHash(),
                        identity.codeCommit(),
                        window.metrics(),
                        total.metrics(),
                        Map.of()),
                window);
        window = new Prequential();
        oldestIngestTime = null;
        return capture;
    }

    /** A captured state became a snapshot: the next one continues it. */
    synchronized void written(Stored stored) {
        parent = Optional.of(stored.id());
    }

    /** A captured state was lost: its window belongs to the next snapshot again. */
    synchronized void lost(Capture capture) {
        window.merge(capture.window);
        Instant oldest = capture.manifest.oldestIngestTime().orElse(null);
        if (oldest != null) {
            oldestIngestTime = oldest;
        }
    }

    /** A state held for writing. */
    record Capture(Consumer<Path> files, SnapshotManifest manifest, Prequential window) {

        Stored write(SnapshotStore store) {
            Path part = store.part();
            try {
                Files.createDirectories(part);
            } catch (IOException e) {
                throw new UncheckedIOException("cannot write " + part, e);
            }
            files.accept(part);
            return store.keep(part, listing(SnapshotFolder.digests(part)));
        }

        private SnapshotManifest listing(Map<String, SnapshotManifest.FileDigest> digests) {
            return new SnapshotManifest(
                    manifest.formatVersion(),
                    manifest.model(),
                    manifest.parent(),
                    manifest.createdAt(),
                    manifest.step(),
                    manifest.journalOffset(),
                    manifest.offsets(),
                    manifest.llmWatermark(),
                    manifest.samples(),
                    manifest.oldestIngestTime(),
                    manifest.newestIngestTime(),
                    manifest.seed(),
                    manifest.settings(),
                    manifest.configHash(),
                    manifest.codeCommit(),
                    manifest.window(),
                    manifest.metrics(),
                    digests);
        }
    }

    @Override
    public synchronized void close() {
        learner.close();
    }
}
