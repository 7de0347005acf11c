package coldstream.app.evaluate.prequential;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.StratumMetrics;
import coldstream.evaluation.EventScores;
import coldstream.evaluation.Prequential;
import coldstream.trainer.learning.GateReport;
import coldstream.trainer.learning.LearnerConfig;
import java.util.List;
import java.util.Map;

/**
 * One arm with one seed over the whole stream.
 *
 * @param strata by {@code Stratum.key()}
 * @param scores every prediction, for paired comparisons
 * @param seconds it took
 */
record ArmRun(
        Arm arm,
        long seed,
        Map<String, StratumMetrics> strata,
        Map<String, Double> calibrationRatios,
        EventScores scores,
        GateReport gate,
        double seconds) {

    private static final int MICRO_BATCH = 128;

    /** Told after every micro-batch how far the run is and how good so far. */
    interface Progress {
        void at(int events, Prequential soFar);
    }

    /** Predicts and learns every sample of the timeline in micro-batches. */
    static ArmRun of(Arm arm, long seed, LearnerConfig config, Timeline timeline, Progress progress) {
        long start = System.nanoTime();
        var metrics = new Prequential();
        var scores = new EventScores();
        try (StreamLearner learner = StreamLearners.of(arm, config)) {
            timeline.items().forEach(learner::item);
            timeline.vectors().forEach(learner::vector);
            List<Sample> samples = timeline.samples();
            int answered = 0;
            for (int from = 0; from < samples.size(); from += MICRO_BATCH) {
                while (arm.guided()
                        && answered < timeline.answers().size()
                        && timeline.answers().get(answered).event() + Timeline.DELAY <= from) {
                    learner.scores(timeline.answers().get(answered++).scores());
                }
                int to = Math.min(samples.size(), from + MICRO_BATCH);
                List<ScoredEvent> events =
                        learner.step(samples.subList(from, to)).events();
                metrics.addAll(events);
                events.forEach(scores::add);
                progress.at(to, metrics);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            return new ArmRun(
                    arm, seed, metrics.metrics(), metrics.calibrationRatios(), scores, learner.gate(), seconds);
        }
    }
}
