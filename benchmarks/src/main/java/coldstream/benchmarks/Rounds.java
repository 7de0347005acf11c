package coldstream.benchmarks;

import java.util.ArrayList;
import java.util.List;

/** The rounds of one contender: seconds of a step in each. */
final class Rounds {

    private static final int LOOKED_AT = 3;

    private final Contender contender;
    private final List<Double> seconds = new ArrayList<>();
    private final int steps;

    /**
     * Warms up and finds how many steps a round takes.
     *
     * @param warmUp steps, so that the compiler has seen the path
     * @param least seconds of a round
     */
    Rounds(Contender contender, int warmUp, double least) {
        this.contender = contender;
        contender.seconds(warmUp);
        steps = (int) Math.ceil(Math.max(2, least / (contender.seconds(LOOKED_AT) / LOOKED_AT)));
    }

    void run() {
        seconds.add(contender.seconds(steps) / steps);
    }

    List<Double> seconds() {
        return seconds;
    }

    double best() {
        return seconds.stream().mapToDouble(x -> x).min().orElse(0);
    }

    double median() {
        double[] sorted = seconds.stream().mapToDouble(x -> x).sorted().toArray();
        return sorted.length == 0 ? 0 : (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }
}
