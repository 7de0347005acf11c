package coldstream.trainer.learning.gate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The control that tells choosing from annealing: a literal gate learns in its shadow from the same pairs, and its mean alpha
 * over the step's pairs is given to every one of them. Blind to z, yet as large at any time as the literal gate is on average.
 */
final class Schedule implements Gate {

    private static final String LATEST = "latest";

    private final Literal shadow;
    private final double[] latest = {0.5};

    Schedule(Literal shadow) {
        this.shadow = shadow;
    }

    /** Mean alpha of the latest step with pairs, whatever z is. */
    @Override
    public double alpha(Signals z) {
        return latest[0];
    }

    @Override
    public double[] alphas(List<Hinge> pairs) {
        double[] alphas = shadow.alphas(pairs);
        latest[0] = Arrays.stream(alphas).average().orElse(latest[0]);
        Arrays.fill(alphas, latest[0]);
        return alphas;
    }

    @Override
    public void trained(List<Hinge> pairs, double weight) {
        shadow.trained(pairs, weight);
    }

    /** Of the shadow. */
    @Override
    public List<Double> weights() {
        return shadow.weights();
    }

    @Override
    public Map<String, List<Double>> state() {
        Map<String, List<Double>> state = new HashMap<>(shadow.state());
        state.put(LATEST, List.of(latest[0]));
        return state;
    }

    @Override
    public void restore(Map<String, List<Double>> state) {
        shadow.restore(state);
        LinearTrust.fill(latest, state, LATEST);
    }
}
