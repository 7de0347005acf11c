package coldstream.benchmarks;

import coldstream.domain.Sample;
import coldstream.trainer.learning.LearnerConfig;
import coldstream.trainer.learning.OnlineLearner;
import coldstream.trainer.learning.StepResult;
import coldstream.trainer.watch.StreamWatch;
import coldstream.trainer.watch.WatchConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What watching costs: steps of a learner that is watched beside steps of one that is not, and the memory of a watch. */
@Command(
        name = "watch",
        description = "Steps with and without the drift watch, turn by turn; and its memory over many samples.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

    /** Steps, so that the compiler has seen some hundred tests too. */
    private static final int WARM_UP = 1_000;

    @Option(names = "--part", defaultValue = "both", description = "cost, memory or both")
    private String part = "both";

    @Option(names = "--samples", defaultValue = "128", description = "of a step; each draws two negatives")
    private int samples;

    @Option(names = "--rounds", defaultValue = "15", description = "of each of the two")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "2", description = "of a round at least")
    private double seconds;

    @Option(names = "--observations", defaultValue = "10000000", description = "samples watched for the memory")
    private long observations;

    @Option(names = "--learner", description = "name=value, any setting of the learner")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    public Integer call() {
        if (!part.equals("memory")) {
            cost();
        }
        if (!part.equals("cost")) {
            new WatchMemory(observations).run();
        }
        return 0;
    }

    private void cost() {
        try (Watched plain = new Watched(false);
                Watched watched = new Watched(true)) {
            Rounds without = new Rounds(plain, WARM_UP, seconds);
            Rounds with = new Rounds(watched, WARM_UP, seconds);
            watched.warm();
            for (int round = 0; round < rounds; round++) {
                without.run();
                with.run();
            }
            print("without the watch", without);
            print("with the watch", with);
            System.out.printf(
                    Locale.ROOT,
                    "throughput with the watch: %.4f of that without by the wall, %.4f by the processor; watching took %.4f of the"
                            + " processor's time%n",
                    without.median().seconds() / with.median().seconds(),
                    without.median().processor() / with.median().processor(),
                    watched.share());
        }
    }

    private void print(String name, Rounds timed) {
        System.out.printf(
                Locale.ROOT,
                "%s: %.3f ms a step, %.3f ms of processor, %.0f samples/s%n",
                name,
                1e3 * timed.median().seconds(),
                1e3 * timed.median().processor(),
                samples / timed.median().seconds());
    }

    /** A learner on a stream of its own, which is the same for both. */
    private final class Watched implements Contender {

        private final SoakStream stream = new SoakStream();
        private final OnlineLearner learner;
        private final Optional<StreamWatch> watch;
        private double watching;
        private double all;

        Watched(boolean watched) {
            Map<String, String> chosen = new LinkedHashMap<>(Map.of("guidance", "none", "device", "cpu"));
            chosen.putAll(settings);
            learner = new OnlineLearner(LearnerConfig.of(chosen));
            stream.items().forEach(learner::item);
            watch = watched ? Optional.of(new StreamWatch(WatchConfig.DEFAULT)) : Optional.empty();
        }

        @Override
        public Took steps(int steps) {
            List<List<Sample>> batches = new ArrayList<>();
            for (int step = 0; step < steps; step++) {
                List<Sample> batch = new ArrayList<>(samples);
                for (int k = 0; k < samples; k++) {
                    batch.add(stream.next());
                }
                batches.add(batch);
            }
            Took took = Contender.timed(() -> batches.forEach(this::step));
            all += took.processor();
            return took;
        }

        private void step(List<Sample> batch) {
            long before = learner.samples();
            StepResult result = learner.step(batch);
            double learnt = StepsCommand.threadSeconds();
            watch.ifPresent(each -> each.applied(new StreamWatch.Applied(
                    learner.steps(),
                    false,
                    before,
                    batch,
                    List.of(),
                    Optional.of(result),
                    learner::gate,
                    learner::category)));
            watching += StepsCommand.threadSeconds() - learnt;
        }

        /** What came before was to warm up. */
        void warm() {
            watching = 0;
            all = 0;
        }

        /** Share of the processor's time that watching took. */
        double share() {
            return watching / all;
        }

        @Override
        public void close() {
            learner.close();
        }
    }
}
