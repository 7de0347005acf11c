package coldstream.benchmarks;

import coldstream.benchmarks.Contender.Took;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/** The rounds of one contender: what a step took in each. */
public final class Rounds {

    private static final int LOOKED_AT = 3;

    private final Contender contender;
    private final List<Took> rounds = new ArrayList<>();
    private final int steps;

    /**
     * Warms up and finds how many steps a round takes.
     *
     * @param warmUp steps, so that the compiler has seen the path
     * @param least seconds of a round
     */
    public Rounds(Contender contender, int warmUp, double least) {
        this.contender = contender;
        contender.steps(warmUp);
        double step = contender.steps(LOOKED_AT).of(LOOKED_AT).seconds();
        steps = (int) Math.ceil(Math.max(2, least / step));
    }

    public void run() {
        rounds.add(contender.steps(steps).of(steps));
    }

    List<Took> all() {
        return rounds;
    }

    Took best() {
        return new Took(
                sorted(Took::seconds).findFirst().orElse(0),
                sorted(Took::processor).findFirst().orElse(0));
    }

    public Took median() {
        return new Took(
                median(sorted(Took::seconds).toArray()),
                median(sorted(Took::processor).toArray()));
    }

    private DoubleStream sorted(ToDoubleFunction<Took> number) {
        return rounds.stream().mapToDouble(number).sorted();
    }

    private static double median(double[] sorted) {
        return sorted.length == 0 ? 0 : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
