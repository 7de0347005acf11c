package coldstream.trainer;

import coldstream.domain.SnapshotManifest;
import coldstream.domain.StratumMetrics;
import coldstream.evaluation.Prequential;
import coldstream.model.RowCounts;
import coldstream.trainer.delta.Epoch;
import coldstream.trainer.drift.DriftDesk;
import coldstream.trainer.in.Origin;
import coldstream.trainer.in.StartingPoint;
import coldstream.trainer.in.Step;
import coldstream.trainer.judge.Judge;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.GuidanceGain;
import coldstream.trainer.learning.Haste;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.out.SnapshotStore.Stored;
import coldstream.trainer.watch.SnapshotSignals;
import coldstream.trainer.watch.TrainerWatch;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Everything that steps change: the learner, the metrics and the place in the stream. It changes by {@link #apply} alone, so
 * the same steps give the same state. Thread-safe.
 */
final class Training implements AutoCloseable {

    private final Identity identity;
    private final Tally tally;
    private final ChangeNotes notes = new ChangeNotes();
    private final Onlookers onlookers = new Onlookers();

    private Learning learner;
    private StartingPoint place;
    private Optional<Base> base;

    /** The newest snapshot, which the next one continues. */
    private record Base(String id, long step) {

        static Base of(Stored stored) {
            return new Base(stored.id(), stored.manifest().step());
        }
    }

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
            Optional<Haste> haste,
            Map<String, GuidanceGain> gained) {}

    /** Continues from a snapshot, or begins. */
    Training(Identity identity, Learning.Factory learners, Optional<Stored> from) {
        this.identity = identity;
        learner = learners.from(from.map(Stored::folder));
        tally = new Tally(from);
        place = from.map(stored -> StartingPoint.of(stored.manifest())).orElse(StartingPoint.BEGINNING);
        base = from.map(Base::of);
    }

    /** From now on shows new steps to a judge, who changes nothing. */
    synchronized void judgedBy(Judge judge) {
        onlookers.judgedBy(judge);
    }

    /** From now on shows every step's users to those who answer alarms. */
    synchronized void answeredBy(DriftDesk desk) {
        onlookers.answeredBy(desk);
    }

    /** From now on shows every step to a watch, who changes nothing; what it saw goes into snapshots. */
    synchronized void watchedBy(TrainerWatch watch) {
        onlookers.watchedBy(watch);
    }

    /**
     * Applies the next step. Where it throws, the learner may have taken half of it: {@link #recovered} must follow.
     *
     * @return why nothing was learnt of its samples, if so
     */
    synchronized Optional<String> apply(Step step) {
        return settle(step, Lesson.give(learner, step), Map.of());
    }

    /** Goes on with a learner that has the next step, in place of the one that failed on it. */
    synchronized Optional<String> recovered(Recovery.Recovered recovered) {
        notes.carryOver(learner, recovered.learner());
        learner.close();
        learner = recovered.learner();
        return settle(recovered.step(), recovered.result(), recovered.refused());
    }

    private Optional<String> settle(Step step, Optional<StepResult> result, Map<Origin, RuntimeException> refused) {
        Optional<String> skipped = result.flatMap(StepResult::skipped);
        if (!step.replayed() && skipped.isEmpty()) {
            notes.arrived(step.samples());
        }
        List<String> why = new ArrayList<>();
        step.verdict().ifPresent(verdict -> verdict.refused().forEach(refusal -> why.add(refusal.reason())));
        refused.values().forEach(failure -> why.add(failure.toString()));
        StartingPoint before = place;
        tally.add(step, before.offsets(), result, why);
        place = new StartingPoint(
                step.record().step(), step.journalOffset(), step.record().offsets());
        onlookers.applied(step, result, before, place, learner);
        return skipped;
    }

    /** Says how old what was just learnt is, and how many records wait, by {@code topic-partition}. */
    synchronized void fresh(Step step, Instant now, Map<String, Long> lags) {
        onlookers.fresh(step, now, lags);
    }

    synchronized StartingPoint place() {
        return place;
    }

    synchronized long samples() {
        return tally.samples();
    }

    synchronized Skips skips() {
        return tally.skips();
    }

    synchronized Standing standing() {
        Prequential total = tally.total();
        return new Standing(
                place,
                tally.samples(),
                tally.unreadable(),
                tally.skips(),
                total.metrics(),
                total.calibrationRatios(),
                learner.gate(),
                learner.rows(),
                tally.lastStep(),
                learner.haste(),
                learner.gained());
    }

    /**
     * Holds the state as it is now, and begins a new window.
     *
     * @return what writes it as a snapshot; any thread may call it, once
     */
    synchronized Capture capture(Instant now) {
        Consumer<Path> learnt = learner.capture();
        if (base.isEmpty() || !notes.noting()) {
            notes.begin(learner, place.step());
        }
        Consumer<Path> measured = tally.files();
        Consumer<Path> seen = onlookers
                .learnt()
                .<Consumer<Path>>map(bytes -> folder -> SnapshotSignals.write(folder, bytes))
                .orElse(folder -> {});
        SnapshotManifest manifest = tally.manifest(identity, base.map(Base::id), place, now);
        return new Capture(learnt.andThen(measured).andThen(seen), manifest, tally.endWindow());
    }

    /** A captured state became a snapshot: the next one continues it. */
    synchronized void written(Stored stored) {
        base = Optional.of(Base.of(stored));
    }

    /** A captured state was lost: its window belongs to the next snapshot again. */
    synchronized void lost(Capture capture) {
        tally.reopen(capture.window(), capture.manifest().oldestIngestTime());
    }

    /** From now on changes are noted: since the snapshot this continues, else from the next one on. */
    synchronized void noteChanges() {
        notes.want();
        if (base.isPresent()) {
            notes.begin(learner, place.step());
        }
    }

    /** Whether changes are noted now. */
    synchronized boolean notesChanges() {
        return notes.noting();
    }

    /** What changed since changes were last known to be given away; empty without a snapshot, or a new step. */
    synchronized Optional<Epoch> changes(Instant now) {
        return base.flatMap(since -> notes.take(learner, place.step()).map(taken -> epoch(taken, since, now)));
    }

    private Epoch epoch(ChangeNotes.Taken taken, Base since, Instant now) {
        return new Epoch(
                taken.changes(),
                identity.model(),
                since.id(),
                since.step(),
                taken.from(),
                place.step(),
                tally.samples(),
                place.offsets(),
                tally.newestIngestTime(),
                taken.arrivals(),
                now);
    }

    /** An epoch is where readers see it. */
    synchronized void changesGiven(Epoch epoch) {
        notes.given(epoch);
    }

    /** An epoch may not be where readers see it: what it holds belongs to the next. */
    synchronized void changesLost(Epoch epoch) {
        notes.lost(learner, epoch);
    }

    @Override
    public synchronized void close() {
        learner.close();
    }
}
