package coldstream.trainer;

import coldstream.domain.Sample;
import coldstream.trainer.drift.DriftDesk;
import coldstream.trainer.in.StartingPoint;
import coldstream.trainer.in.Step;
import coldstream.trainer.judge.Judge;
import coldstream.trainer.judge.JudgedStep;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.watch.StreamWatch;
import coldstream.trainer.watch.TrainerWatch;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Who sees the steps that were applied and changes nothing: a judge, a watch, and who answers its alarms. Not thread-safe. */
final class Onlookers {

    private Optional<Judge> judge = Optional.empty();
    private Optional<TrainerWatch> watch = Optional.empty();
    private Optional<DriftDesk> desk = Optional.empty();

    /** Shows new steps to a judge from now on. */
    void judgedBy(Judge watching) {
        judge = Optional.of(watching);
    }

    /** Shows every step to a watch from now on. */
    void watchedBy(TrainerWatch watching) {
        watch = Optional.of(watching);
    }

    /** Shows every step's users to those who answer alarms from now on. */
    void answeredBy(DriftDesk answering) {
        desk = Optional.of(answering);
    }

    /**
     * Shows a step.
     *
     * @param before where the stream stood before it
     * @param after where it stands now
     * @param learner that has applied it
     */
    void applied(Step step, Optional<StepResult> result, StartingPoint before, StartingPoint after, Learning learner) {
        desk.ifPresent(answering -> answering.seen(step.samples()));
        watch.ifPresent(watching -> watching.applied(
                new StreamWatch.Applied(
                        after.step(),
                        step.replayed(),
                        step.samples(),
                        step.scores(),
                        result,
                        learner::gate,
                        learner::category),
                before.offsets(),
                after.offsets()));
        if (!step.replayed()) {
            result.filter(found -> !found.events().isEmpty()).ifPresent(found -> judged(found, before, after));
        }
    }

    private void judged(StepResult found, StartingPoint before, StartingPoint after) {
        judge.filter(watching -> watching.takes(after.step()))
                .ifPresent(watching ->
                        watching.applied(JudgedStep.of(found, after.step(), before.offsets(), after.offsets())));
    }

    /** Says how old what was just learnt is, and how many records wait, by {@code topic-partition}. */
    void fresh(Step step, Instant now, Map<String, Long> lags) {
        if (watch.isPresent() && !step.samples().isEmpty()) {
            Instant oldest = now;
            for (Sample sample : step.samples()) {
                oldest = sample.ingestTime().isBefore(oldest) ? sample.ingestTime() : oldest;
            }
            long waiting = lags.values().stream().mapToLong(Long::longValue).sum();
            watch.get().fresh(Duration.between(oldest, now).toMillis() / 1e3, waiting);
        }
    }

    /** What the watch saw of late, for the file of a snapshot. */
    Optional<byte[]> learnt() {
        return watch.map(TrainerWatch::learnt);
    }
}
