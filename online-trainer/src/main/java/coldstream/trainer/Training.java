package coldstream.trainer;

import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.SoftScores;
import coldstream.domain.StratumMetrics;
import coldstream.domain.TasteProfile;
import coldstream.evaluation.Prequential;
import coldstream.model.RowCounts;
import coldstream.trainer.delta.Arrivals;
import coldstream.trainer.delta.Epoch;
import coldstream.trainer.drift.DriftDesk;
import coldstream.trainer.in.Origin;
import coldstream.trainer.in.StartingPoint;
import coldstream.trainer.in.Step;
import coldstream.trainer.judge.Judge;
import coldstream.trainer.judge.JudgedStep;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.Haste;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.out.SnapshotStore;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.trainer.watch.SnapshotSignals;
import coldstream.trainer.watch.StreamWatch;
import coldstream.trainer.watch.TrainerWatch;
import coldstream.wire.Json;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that steps change: the learner, the metrics and the place in the stream. It changes by {@link #apply} alone, so
 * the same steps give the same state. Thread-safe.
 */
final class Training implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Training.class);

    /** The saved metrics within a snapshot. */
    static final String METRICS_FILE = "prequential.bin";

    /** What was skipped, within a snapshot. */
    static final String SKIPS_FILE = "skips.json";

    private final Identity identity;
    private final Prequential total;

    private Learning learner;
    private Optional<Judge> judge = Optional.empty();
    private Optional<TrainerWatch> watch = Optional.empty();
    private Optional<DriftDesk> desk = Optional.empty();

    private Prequential window = new Prequential();
    private Optional<String> parent;
    private long parentStep;
    private boolean deltas;

    /** The step since when changes are noted, or up to which they are known to be given away; -1 while none are noted. */
    private long changesFrom = -1;

    /** Up to where changes were taken. */
    private long changesTaken = -1;

    private Arrivals arrivals = new Arrivals();
    private StartingPoint place;
    private long samples;
    private long unreadable;
    private Skips skips = Skips.NONE;
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
            Skips skips,
            Map<String, StratumMetrics> metrics,
            Map<String, Double> calibration,
            GateReport gate,
            Map<String, RowCounts> rows,
            Optional<StepResult.Statistics> lastStep,
            Optional<Haste> haste) {}

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
        parentStep = manifest.step();
        total = metrics(from.get().folder());
        place = place(manifest);
        skips = skips(from.get().folder());
        samples = manifest.samples();
        llmWatermark = manifest.llmWatermark().orElse(null);
        newestIngestTime = manifest.newestIngestTime().orElse(null);
    }

    /** Where a snapshot stands. */
    static StartingPoint place(SnapshotManifest manifest) {
        return new StartingPoint(manifest.step(), manifest.journalOffset(), new TreeMap<>(manifest.offsets()));
    }

    /** What a snapshot says was skipped; nothing in one from before this was counted. */
    private static Skips skips(Path folder) {
        Path file = folder.resolve(SKIPS_FILE);
        try {
            return Files.exists(file) ? Json.read(Files.readAllBytes(file), Skips.class) : Skips.NONE;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static Prequential metrics(Path folder) {
        try {
            return Prequential.restore(Files.readAllBytes(folder.resolve(METRICS_FILE)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + folder, e);
        }
    }

    /**
     * Applies the next step. Where it throws, the learner may have taken half of it: {@link #recovered} must follow.
     *
     * @return why nothing was learnt of its samples, if so
     */
    synchronized Optional<String> apply(Step step) {
        return settle(step, Lesson.give(learner, step), Map.of());
    }

    /** From now on shows new steps to a judge, who changes nothing. */
    synchronized void judgedBy(Judge watching) {
        judge = Optional.of(watching);
    }

    /** From now on shows every step's users to those who answer alarms. */
    synchronized void answeredBy(DriftDesk answering) {
        desk = Optional.of(answering);
    }

    /** From now on shows every step to a watch, who changes nothing; what it saw goes into snapshots. */
    synchronized void watchedBy(TrainerWatch watching) {
        watch = Optional.of(watching);
    }

    /** Goes on with a learner that has the next step, in place of the one that failed on it. */
    synchronized Optional<String> recovered(Recovery.Recovered recovered) {
        if (changesFrom >= 0) {
            carryOver(recovered.learner());
        }
        learner.close();
        learner = recovered.learner();
        return settle(recovered.step(), recovered.result(), recovered.refused());
    }

    /**
     * What the learner that failed had noted and not given away is noted by the other, which is in the same state but for the
     * step; what the step changed there, it has noted by itself.
     */
    private void carryOver(Learning other) {
        try {
            learner.changes().ifPresent(other::changesLost);
        } catch (RuntimeException e) { // it broke off in the midst of something
            changesFrom = -1;
            LOG.atWarn()
                    .setCause(e)
                    .log("changes before a record that was refused are lost, epochs go on from a snapshot");
        }
    }

    /** Whether changes are noted now. */
    synchronized boolean notesChanges() {
        return changesFrom >= 0;
    }

    private Optional<String> settle(Step step, Optional<StepResult> result, Map<Origin, RuntimeException> refused) {
        for (SoftScores scores : step.scores()) {
            llmWatermark = later(llmWatermark, scores.scoredAt());
        }
        for (TasteProfile profile : step.profiles()) {
            llmWatermark = later(llmWatermark, profile.writtenAt());
        }
        for (ScoredEvent event : result.map(StepResult::events).orElse(List.of())) {
            total.add(event);
            window.add(event);
        }
        Optional<String> skipped = result.flatMap(StepResult::skipped);
        if (result.isPresent() && skipped.isEmpty()) {
            lastStep = result.get().statistics();
        }
        for (Sample sample : step.samples()) {
            newestIngestTime = later(newestIngestTime, sample.ingestTime());
            oldestIngestTime = oldestIngestTime == null || sample.ingestTime().isBefore(oldestIngestTime)
                    ? sample.ingestTime()
                    : oldestIngestTime;
        }
        if (deltas && !step.replayed() && skipped.isEmpty()) {
            step.samples().forEach(sample -> arrivals.add(sample.ingestTime()));
        }
        List<String> why = new ArrayList<>();
        step.verdict().ifPresent(verdict -> verdict.refused().forEach(refusal -> why.add(refusal.reason())));
        refused.values().forEach(failure -> why.add(failure.toString()));
        skips = skips.and(step, place.offsets(), skipped, why);
        samples += skipped.isPresent() ? 0 : step.samples().size();
        unreadable += step.unreadable();
        StartingPoint before = place;
        place = new StartingPoint(
                step.record().step(), step.journalOffset(), step.record().offsets());
        desk.ifPresent(answering -> answering.seen(step.samples()));
        watch.ifPresent(watching -> watching.applied(
                new StreamWatch.Applied(
                        place.step(),
                        step.replayed(),
                        step.samples(),
                        step.scores(),
                        result,
                        learner::gate,
                        learner::category),
                before.offsets(),
                place.offsets()));
        if (!step.replayed()) {
            result.ifPresent(found -> show(before, found));
        }
        return skipped;
    }

    /** Says how old what was just learnt is, and how many records wait, by {@code topic-partition}. */
    synchronized void fresh(Step step, Instant now, Map<String, Long> lags) {
        if (watch.isPresent() && !step.samples().isEmpty()) {
            Instant oldest = now;
            for (Sample sample : step.samples()) {
                oldest = sample.ingestTime().isBefore(oldest) ? sample.ingestTime() : oldest;
            }
            long waiting = lags.values().stream().mapToLong(Long::longValue).sum();
            watch.get().fresh(Duration.between(oldest, now).toMillis() / 1e3, waiting);
        }
    }

    private void show(StartingPoint before, StepResult found) {
        judge.filter(watching -> watching.takes(place.step()) && !found.events().isEmpty())
                .ifPresent(watching ->
                        watching.applied(JudgedStep.of(found, place.step(), before.offsets(), place.offsets())));
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

    synchronized Skips skips() {
        return skips;
    }

    synchronized Standing standing() {
        return new Standing(
                place,
                samples,
                unreadable,
                skips,
                total.metrics(),
                total.calibrationRatios(),
                learner.gate(),
                learner.rows(),
                Optional.ofNullable(lastStep),
                learner.haste());
    }

    /**
     * Holds the state as it is now, and begins a new window.
     *
     * @return what writes it as a snapshot; any thread may call it, once
     */
    synchronized Capture capture(Instant now) {
        Consumer<Path> learnt = learner.capture();
        if (deltas && (parent.isEmpty() || changesFrom < 0)) {
            noteFromHere();
        }
        byte[] measured = total.save();
        byte[] skipped = Json.write(skips);
        Optional<byte[]> seen = watch.map(TrainerWatch::learnt);
        var capture = new Capture(
                folder -> {
                    learnt.accept(folder);
                    write(folder.resolve(METRICS_FILE), measured);
                    write(folder.resolve(SKIPS_FILE), skipped);
                    seen.ifPresent(bytes -> SnapshotSignals.write(folder, bytes));
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
        parentStep = stored.manifest().step();
    }

    /** From now on changes are noted: since the snapshot this continues, else from the next one on. */
    synchronized void noteChanges() {
        deltas = true;
        if (parent.isPresent()) {
            noteFromHere();
        }
    }

    private void noteFromHere() {
        learner.noteChanges();
        changesFrom = place.step();
        changesTaken = -1;
        arrivals = new Arrivals();
    }

    /** What changed since changes were last known to be given away; empty without a snapshot, or a new step. */
    synchronized Optional<Epoch> changes(Instant now) {
        if (parent.isEmpty() || changesFrom < 0 || place.step() <= Math.max(changesFrom, changesTaken)) {
            return Optional.empty();
        }
        return learner.changes().map(changes -> {
            changesTaken = place.step();
            return new Epoch(
                    changes,
                    identity.model(),
                    parent.get(),
                    parentStep,
                    changesFrom,
                    place.step(),
                    samples,
                    place.offsets(),
                    Optional.ofNullable(newestIngestTime),
                    arrivals.take(),
                    now);
        });
    }

    /** An epoch is where readers see it. */
    synchronized void changesGiven(Epoch epoch) {
        if (changesTaken == epoch.step()) { // else this is another learner by now
            changesFrom = epoch.step();
        }
    }

    /** An epoch may not be where readers see it: what it holds belongs to the next. */
    synchronized void changesLost(Epoch epoch) {
        if (changesTaken == epoch.step() && changesFrom >= 0) {
            changesTaken = -1;
            learner.changesLost(epoch.changes());
            arrivals.addAll(epoch.arrivals());
        }
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
            store.write(part, files);
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
