package coldstream.benchmarks.judge;

import coldstream.benchmarks.Contender;
import coldstream.benchmarks.SoakStream;
import coldstream.domain.Evidence;
import coldstream.domain.Sample;
import coldstream.model.Ranker;
import coldstream.trainer.judge.Contestant;
import coldstream.trainer.judge.Judge;
import coldstream.trainer.judge.JudgeConfig;
import coldstream.trainer.judge.JudgeMetrics;
import coldstream.trainer.judge.JudgedStep;
import coldstream.trainer.judge.RankedContestant;
import coldstream.trainer.judge.Tribunal;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.trainer.learning.StepResult;
import coldstream.wire.Comparison;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A learner over an endless stream. With a judge, who compares three frozen versions of it and the live weights, as at a trial
 * beside a fresh champion: the most there is to compare.
 */
final class JudgedLearner implements Contender {

    private static final int BEGINNING = 200;
    private static final JudgeConfig DEFAULTS =
            new JudgeConfig(0.1, 65_536, Duration.ofSeconds(1), Duration.ofSeconds(5));

    private final OnlineLearner learner;
    private final SoakStream stream = new SoakStream();
    private final int samples;
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Judge judge;

    /** @param share of the steps that are judged; 0 for no judge */
    JudgedLearner(String backbone, int dimension, int samples, double share, Path frozen) {
        this.samples = samples;
        learner = new OnlineLearner(LearnerConfig.of(Map.of(
                "backbone", backbone, "dimension", Integer.toString(dimension), "device", "cpu", "guidance", "none")));
        stream.items().forEach(learner::item);
        for (int step = 0; step < BEGINNING; step++) {
            learner.step(next());
        }
        learner.save(frozen);
        var config = new JudgeConfig(share, DEFAULTS.rows(), DEFAULTS.poll(), DEFAULTS.report());
        judge = new Judge("ctr", config, new Frozen(frozen), new JudgeMetrics(meters), InstantSource.system());
        judge.start();
    }

    private List<Sample> next() {
        List<Sample> batch = new ArrayList<>(samples);
        for (int k = 0; k < samples; k++) {
            batch.add(stream.next());
        }
        return batch;
    }

    @Override
    public Took steps(int steps) {
        return Contender.timed(() -> {
            for (int k = 0; k < steps; k++) {
                long step = learner.steps();
                StepResult found = learner.step(next());
                if (judge.takes(step)) {
                    judge.applied(JudgedStep.of(found, step, Map.of("samples-0", step), Map.of("samples-0", step + 1)));
                }
            }
        });
    }

    /** Steps whose judging ended so. */
    double counted(String outcome) {
        return meters.counter("coldstream.judge.steps", "outcome", outcome).count();
    }

    @Override
    public void close() {
        judge.close();
        learner.close();
    }

    /** Who has three versions compared, all of them made from the same files. */
    private record Frozen(Path files) implements Tribunal {

        @Override
        public List<Comparison> comparisons() {
            return List.of(new Comparison("3", "2"), new Comparison("2", "1"), new Comparison(Evidence.LIVE, "2"));
        }

        @Override
        public Contestant load(String version) {
            return new RankedContestant(Ranker.ofFew(files), Map.of());
        }

        @Override
        public void submit(List<Evidence> evidence) {
            // found out and told: the registry's part is not measured here
        }
    }
}
