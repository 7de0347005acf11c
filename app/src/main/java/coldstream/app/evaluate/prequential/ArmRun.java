package coldstream.app.evaluate.prequential;

import coldstream.app.evaluate.protocol.Arm;
import coldstream.app.evaluate.report.RunResult;
import coldstream.app.evaluate.report.StratumResult;
import coldstream.app.evaluate.worker.Work.Progress;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.StratumMetrics;
import coldstream.evaluation.Calibration;
import coldstream.evaluation.CatalogueCalibration;
import coldstream.evaluation.EventScores;
import coldstream.evaluation.PairedBootstrap;
import coldstream.evaluation.Prequential;
import coldstream.evaluation.RunAreas;
import coldstream.evaluation.Stratum;
import coldstream.evaluation.WithinEvent;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.StepResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** One arm with one seed over the whole stream: predicts and learns every sample in micro-batches. */
final class ArmRun {

    /** Events that pass before an answer reaches the learner. */
    static final int DELAY = 200;

    private static final int MICRO_BATCH = 128;
    private static final long PAUSE = Duration.ofMillis(500).toNanos();

    private final ArmJob job;
    private final Calls calls;
    private final Progress progress;
    private final Prequential metrics = new Prequential();
    private final EventScores scores = new EventScores();
    private final WithinEvent within = new WithinEvent();
    private final CatalogueCalibration catalogue = new CatalogueCalibration();
    private final Map<String, Long> skipped = new TreeMap<>();
    private long next = System.nanoTime();

    private ArmRun(ArmJob job, Progress progress) {
        this.job = job;
        this.calls = new Calls(job.arm());
        this.progress = progress;
    }

    static RunResult of(ArmJob job, Progress progress) throws IOException, InterruptedException {
        return new ArmRun(job, progress).run();
    }

    private RunResult run() throws IOException, InterruptedException {
        Arm arm = job.arm();
        LearnerConfig config = job.config();
        PreparedStream stream = job.stream();
        try (StreamLearner learner = StreamLearners.of(arm, config);
                SampleFile.Reader samples = stream.samples()) {
            stream.items(learner::item);
            if (arm.taught()) {
                stream.vectors(arm.teacher(), vector -> {
                    learner.vector(vector);
                    calls.vector(vector);
                });
            }
            learner.askWithin(job.within(), within::add);
            long start = System.nanoTime();
            if (arm.guided()) {
                try (AnswerFile.Reader answers = stream.answers(arm.teacher())) {
                    learn(learner, samples, new Delayed(answers, arm.scoreAge()));
                }
            } else {
                learn(learner, samples, Delayed.NOTHING);
            }
            return result(learner, (System.nanoTime() - start) / 1e9, config);
        }
    }

    private void learn(StreamLearner learner, SampleFile.Reader samples, Delayed answers)
            throws IOException, InterruptedException {
        for (int from = 0; from < job.events(); from += MICRO_BATCH) {
            int to = Math.min(job.events(), from + MICRO_BATCH);
            List<Sample> batch = new ArrayList<>();
            for (int event = from; event < to; event++) {
                batch.add(samples.read());
            }
            answers.handOver(from, batch.get(0).eventTime(), answer -> calls.answer(answer, learner));
            StepResult learnt = learner.step(batch);
            learnt.skipped().map(ArmRun::rule).ifPresent(rule -> skipped.merge(rule, 1L, Long::sum));
            List<ScoredEvent> events = learnt.events();
            metrics.addAll(events);
            events.forEach(scores::add);
            events.forEach(catalogue::add);
            tell(to);
            if (Thread.interrupted()) {
                throw new InterruptedException("the run was interrupted");
            }
        }
    }

    /** The rule of a reason, without the value that broke it: values differ from step to step. */
    private static String rule(String reason) {
        int value = reason.indexOf(", got ");
        return value < 0 ? reason : reason.substring(0, value);
    }

    private void tell(int events) {
        if (System.nanoTime() >= next) {
            next = System.nanoTime() + PAUSE;
            double auc = of(metrics, Stratum.OVERALL).auc();
            progress.at(
                    (double) events / job.events(),
                    Double.isNaN(auc) ? "warming up" : "overall AUC %.4f so far".formatted(auc));
        }
    }

    private static StratumMetrics of(Prequential metrics, Stratum stratum) {
        return Objects.requireNonNull(metrics.metrics().get(stratum.key()));
    }

    private RunResult result(StreamLearner learner, double seconds, LearnerConfig config) {
        progress.at(1, "drawing users");
        RunAreas areas = scores.areas(PairedBootstrap.DEFAULT);
        Map<String, StratumResult> strata = new LinkedHashMap<>();
        for (Stratum stratum : Stratum.values()) {
            strata.put(stratum.key(), stratum(stratum));
        }
        return new RunResult(
                strata,
                areas,
                within.events() == 0 ? Optional.empty() : Optional.of(within.areas(PairedBootstrap.DEFAULT)),
                learner.gate(),
                learner.device(),
                skipped,
                seconds,
                job.events(),
                scores.events(),
                calls.made(),
                Optional.of(catalogue.result()),
                config.values());
    }

    private StratumResult stratum(Stratum stratum) {
        StratumMetrics streamed = of(metrics, stratum);
        Calibration calibration = scores.calibration(stratum);
        return new StratumResult(
                scores.auc(stratum),
                streamed.aucLow(),
                streamed.aucHigh(),
                streamed.logloss(),
                streamed.n(),
                calibration.ratio(),
                calibration.error(),
                Arrays.stream(scores.overTime(stratum, job.spans())).boxed().toList());
    }
}
