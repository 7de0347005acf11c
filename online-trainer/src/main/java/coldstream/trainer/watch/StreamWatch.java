package coldstream.trainer.watch;

import coldstream.domain.Evidence;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.SoftScores;
import coldstream.monitor.Alarm;
import coldstream.monitor.Moment;
import coldstream.monitor.Watch;
import coldstream.monitor.WatchedSignal;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.StepResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * Watches what a learner is given and what comes of it, step by step, and tests it after every window of samples. It needs no
 * Kafka and no clock: time is that of the stream, and the same steps give the same alarms. One thread at a time.
 */
public final class StreamWatch {

    private final int window;
    private final Watch watch;
    private final InputSignals input;
    private final OutcomeSignals outcome;
    private final GuidanceSignals guidance;
    private final FreshnessSignals freshness;
    private long inWindow;

    /**
     * A step that was applied.
     *
     * @param number of the step
     * @param again whether it was applied before a restart too: then nothing alarms
     * @param result what was predicted of the samples; empty without any
     * @param gate where the guidance stands; asked when a window ends
     * @param categories bin of an item's first category, 0 to 31, or -1
     */
    public record Applied(
            long number,
            boolean again,
            List<Sample> samples,
            List<SoftScores> scores,
            Optional<StepResult> result,
            Supplier<GateReport> gate,
            ToIntFunction<ItemId> categories) {}

    public StreamWatch(WatchConfig config) {
        this(config, plans());
    }

    /** Watches in another way; every signal of {@link #plans} must be there. */
    public StreamWatch(WatchConfig config, List<WatchedSignal> plans) {
        window = config.window();
        watch = new Watch(config.alarms(), plans);
        input = new InputSignals(watch);
        outcome = new OutcomeSignals(watch);
        guidance = new GuidanceSignals(watch);
        freshness = new FreshnessSignals(watch);
    }

    /** Every signal, and how it is watched. */
    public static List<WatchedSignal> plans() {
        List<WatchedSignal> plans = new ArrayList<>(InputSignals.PLANS);
        plans.addAll(OutcomeSignals.plans());
        plans.addAll(GuidanceSignals.plans());
        plans.addAll(FreshnessSignals.PLANS);
        return List.copyOf(plans);
    }

    /** Takes in a step; alarms that opened or closed by it. */
    public List<Alarm> applied(Applied step) {
        List<Alarm> changed = new ArrayList<>();
        applied(step, changed::addAll);
        return changed;
    }

    /**
     * Takes in a step.
     *
     * @param told alarms that opened or closed by it, if any did
     * @return whether a window ended and signals were tested
     */
    boolean applied(Applied step, Consumer<List<Alarm>> told) {
        for (SoftScores scores : step.scores()) {
            guidance.add(scores);
        }
        input.add(step.samples(), step.categories());
        guidance.add(step.samples());
        if (step.result().isPresent()) {
            for (ScoredEvent event : step.result().get().events()) {
                outcome.add(event);
            }
        }
        inWindow += step.samples().size();
        if (inWindow < window) {
            return false;
        }
        inWindow = 0;
        input.look();
        outcome.look();
        guidance.look(step.gate());
        List<Alarm> changed = watch.look(new Moment(step.number(), time()), step.again());
        if (!changed.isEmpty()) {
            told.accept(changed);
        }
        return true;
    }

    /** What a step that is not repeated found: seconds from ingest to learning, and records that wait. */
    public void fresh(double seconds, long records) {
        freshness.add(seconds, records);
    }

    /** What the judge found. */
    public void judged(List<Evidence> evidence) {
        outcome.judged(evidence);
    }

    /** When the newest event reached Coldstream. */
    public Instant time() {
        return input.time();
    }

    /** Where readings, alarms and references are. */
    public Watch watch() {
        return watch;
    }
}
