package coldstream.trainer;

import coldstream.domain.StratumMetrics;
import coldstream.model.RowCounts;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.GuidanceGain;
import coldstream.trainer.learning.Haste;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.out.SnapshotSummary;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where the trainer stands; also the answer of {@code GET /v1/status}.
 *
 * @param ready whether it learns from what comes now
 * @param replaying whether it is still repeating steps from before its start
 * @param failure why it stopped, if it did
 * @param step steps applied
 * @param samplesTrained over all runs of the model
 * @param pairsTrained over all runs of the model
 * @param unreadable input records of this run that went to a dead-letter topic
 * @param skips what was read and not learnt, over all runs of the model
 * @param offsets next offset to apply, by {@code topic-partition}
 * @param lag records waiting, by {@code topic-partition}
 * @param prequential quality by stratum since the warm-up
 * @param calibration mean predicted probability over the share of positives, by stratum
 * @param gate of the guidance
 * @param rows by table: how many now, and how many were given, taken and lost
 * @param lastStep losses and pairs of the last step; empty before the first
 * @param ratesRaised the raise of learning rates that is in effect
 * @param eventToTrained seconds from ingest to trained, of this run
 * @param snapshots of this run, oldest first
 * @param settings every setting that changes what is learnt
 * @param gained what guidance gained in this run, overall and by cell of the gate
 */
public record TrainerStatus(
        String model,
        boolean ready,
        boolean replaying,
        Optional<String> failure,
        long step,
        long samplesTrained,
        long pairsTrained,
        long unreadable,
        Skips skips,
        Map<String, Long> offsets,
        Map<String, Long> lag,
        Map<String, StratumMetrics> prequential,
        Map<String, Double> calibration,
        GateReport gate,
        Map<String, RowCounts> rows,
        Optional<StepResult.Statistics> lastStep,
        Optional<Haste> ratesRaised,
        Percentiles eventToTrained,
        List<SnapshotSummary> snapshots,
        Map<String, String> settings,
        String device,
        Map<String, GuidanceGain> gained) {

    /** Seconds below which half, and 99 of 100, of the samples stayed; 0 without samples. */
    public record Percentiles(double p50, double p99) {}
}
