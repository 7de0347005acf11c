package coldstream.benchmarks;

import coldstream.benchmarks.Contender.Took;
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
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What watching costs: steps of one learner, watched and not by turns, and the memory of a watch. Two learners side by side
 * would not do: two that do the same differ by 2 %, by where their rows happen to lie.
 */
@Command(
        name = "watch",
        description = "Steps with and without the drift watch, by turns; and its memory over many samples.",
        mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {

    /** Steps, so that the compiler has seen some hundred tests too. */
    private static final int WARM_UP = 1_000;

    @Option(names = "--part", defaultValue = "both", description = "cost, memory or both")
    private String part = "both";

    @Option(names = "--samples", defaultValue = "128", description = "of a step; each draws two negatives")
    private int samples;

    @Option(names = "--rounds", defaultValue = "200", description = "of each of the two")
    private int rounds;

    @Option(names = "--seconds", defaultValue = "0.2", description = "of a round at least")
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
        SoakStream stream = new SoakStream();
        try (OnlineLearner learner = learner()) {
            stream.items().forEach(learner::item);
            Watched watched = new Watched(learner, stream, Optional.of(new StreamWatch(WatchConfig.DEFAULT)));
            Rounds without = new Rounds(new Watched(learner, stream, Optional.empty()), WARM_UP, seconds);
            Rounds with = new Rounds(watched, WARM_UP, seconds);
            watched.warm();
            for (int round = 0; round < rounds; round++) {
                boolean first = round % 2 == 0;
                (first ? without : with).run();
                (first ? with : without).run();
            }
            print("without the watch", without);
            print("with the watch", with);
            printShare("by the wall", without, with, Took::seconds);
            printShare("by the processor", without, with, Took::processor);
            System.out.printf(Locale.ROOT, "watching took %.4f of the processor's time%n", watched.share());
        }
    }

    private OnlineLearner learner() {
        Map<String, String> chosen = new LinkedHashMap<>(Map.of("guidance", "none", "device", "cpu"));
        chosen.putAll(settings);
        return new OnlineLearner(LearnerConfig.of(chosen));
    }

    /** Each round is compared with its neighbour: what the machine does besides hits both. */
    private static void printShare(String by, Rounds without, Rounds with, ToDoubleFunction<Took> number) {
        double[] shares = IntStream.range(0, with.all().size())
                .mapToDouble(round -> number.applyAsDouble(without.all().get(round))
                        / number.applyAsDouble(with.all().get(round)))
                .sorted()
                .toArray();
        int last = shares.length - 1;
        System.out.printf(
                Locale.ROOT,
                "throughput with the watch, %s: %.4f of that without (quartiles %.4f and %.4f of %d pairs of rounds)%n",
                by,
                (shares[last / 2] + shares[(last + 1) / 2]) / 2,
                shares[last / 4],
                shares[last - last / 4],
                shares.length);
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

    /** Steps of the learner that are watched, or not. */
    private final class Watched implements Contender {

        private final OnlineLearner learner;
        private final SoakStream stream;
        private final Optional<StreamWatch> watch;
        private double watching;
        private double all;

        Watched(OnlineLearner learner, SoakStream stream, Optional<StreamWatch> watch) {
            this.learner = learner;
            this.stream = stream;
            this.watch = watch;
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
            StepResult result = learner.step(batch);
            double learnt = StepsCommand.threadSeconds();
            watch.ifPresent(each -> each.applied(new StreamWatch.Applied(
                    learner.steps(), false, batch, List.of(), Optional.of(result), learner::gate, learner::category)));
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
        public void close() {}
    }
}
