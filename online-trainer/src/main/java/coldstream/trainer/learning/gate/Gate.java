package coldstream.trainer.learning.gate;

import java.util.List;
import java.util.Map;

/**
 * How much a language-model pair counts: alpha in [0, 1] for a user and an item, the mean of both items for a pair. Always a
 * constant for the backbone; a gate has a loss and an optimiser of its own. One thread at a time.
 */
public interface Gate {

    /** A new gate. */
    static Gate of(GateSettings settings) {
        return switch (settings.mode()) {
            case OFF -> new Constant(0);
            case GLOBAL -> new Constant(1);
            case LITERAL -> new Literal(settings.rate());
            case SCHEDULE -> new Schedule(new Literal(settings.rate()));
            case RELIABILITY -> new Reliability(settings.rate(), settings.anchor());
            case META -> new Meta(settings.rate());
            case PRIOR_KL -> new PriorKl(settings.rate(), settings.prior(), settings.priorStrength());
            case CELL -> new CellTable(settings.memory());
        };
    }

    /** Trust in a user and an item, as of now. */
    double alpha(Signals z);

    /** Trust in a pair, as of now. */
    default double alpha(Signals better, Signals worse) {
        return (alpha(better) + alpha(worse)) / 2;
    }

    /** Trust in each of a step's pairs. */
    default double[] alphas(List<Hinge> pairs) {
        return pairs.stream()
                .mapToDouble(pair -> alpha(pair.better(), pair.worse()))
                .toArray();
    }

    /** Learns from what has come true. */
    default void realised(List<Gold> golds) {}

    /**
     * Learns from the pairs just trained.
     *
     * @param weight lambda, of the mean over the pairs
     */
    default void trained(List<Hinge> pairs, double weight) {}

    /** Whether {@link #moved} is wanted. */
    default boolean looksBack() {
        return false;
    }

    /** Learns from what a step on labelled rows alone did to pairs trained before it. */
    default void moved(List<Moved> pairs) {}

    /** Weights of cold, tail and uncertainty, and the bias; empty where alpha is no such function. */
    default List<Double> weights() {
        return List.of();
    }

    /** Everything learnt, by name. */
    default Map<String, List<Double>> state() {
        return Map.of();
    }

    /** Puts {@link #state} back. */
    default void restore(Map<String, List<Double>> state) {}
}
