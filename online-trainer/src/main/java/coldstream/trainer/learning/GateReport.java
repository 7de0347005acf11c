package coldstream.trainer.learning;

import coldstream.trainer.learning.gate.Agreement;
import coldstream.trainer.learning.gate.Gate;
import coldstream.trainer.learning.gate.Signals;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the guidance stands.
 *
 * @param mode of the gate
 * @param uncertainty what the gate takes for q
 * @param w weights of cold, tail and uncertainty; empty where the mode has none
 * @param b bias
 * @param alpha mean alpha since the start by cell, such as cold_tail; a cell without pairs is absent
 * @param cells every cell, by name
 * @param goldComparisons so far
 * @param pairs trained so far
 * @param dose how strongly the backbone was guided since the start
 * @param residual how far the residual adds the signal, by length of history and kind of item, such as
 *     history_10_tail
 */
public record GateReport(
        String mode,
        String uncertainty,
        List<Double> w,
        double b,
        Map<String, Double> alpha,
        Map<String, Cell> cells,
        long goldComparisons,
        long pairs,
        Dose dose,
        Map<String, Double> residual) {

    /** Standard deviations from the middle of an interval that holds 95 %. */
    private static final double WIDTH = 1.96;

    /**
     * One cell: users by coldness, items by popularity.
     *
     * @param alpha trust the gate gives now to an item of the cell whose uncertainty is in the middle
     * @param agreement c: share of realised comparisons the language model ordered correctly, older ones faded
     * @param low end of the 95 % interval of c, as if comparisons were independent
     * @param high end of it
     * @param golds realised comparisons since the start; each counts half for either item
     * @param pairs trained since the start, by their better item
     */
    public record Cell(double alpha, double agreement, double low, double high, double golds, long pairs) {}

    /**
     * Means over the steps that trained pairs or points.
     *
     * @param effective lambda times the mean alpha
     * @param activeHinges share of the pairs whose hinge pulled
     * @param gradientRatio norm of the dense gradient of the weighted pair loss over that of the recommendation loss
     */
    public record Dose(double effective, double activeHinges, double gradientRatio) {

        public static final Dose NONE = new Dose(0, 0, 0);
    }

    public GateReport {
        w = List.copyOf(w);
        alpha = Collections.unmodifiableMap(new TreeMap<>(alpha)); // in order: it is written into snapshots
        cells = Collections.unmodifiableMap(new TreeMap<>(cells));
        residual = Collections.unmodifiableMap(new TreeMap<>(residual));
    }

    /**
     * The report in a snapshot's folder.
     *
     * @throws UncheckedIOException if there is none
     */
    public static GateReport read(Path snapshot) {
        return GateFile.read(snapshot).report();
    }

    static GateReport of(
            LearnerConfig config, Gate gate, Agreement agreement, Counters counters, Map<String, Double> residual) {
        List<Double> weights = gate.weights();
        int last = Math.max(0, weights.size() - 1);
        Map<String, Cell> cells = new LinkedHashMap<>();
        for (int number = 0; number < Signals.CELLS.size(); number++) {
            String name = Signals.CELLS.get(number);
            double share = agreement.share(number);
            double margin = WIDTH * agreement.deviation(number);
            cells.put(
                    name,
                    new Cell(
                            gate.alpha(Signals.ofCell(number)),
                            share,
                            Math.max(0, share - margin),
                            Math.min(1, share + margin),
                            agreement.comparisons(number),
                            counters.pairs(name)));
        }
        return new GateReport(
                config.gate.toString(),
                config.uncertainty.toString(),
                weights.subList(0, last),
                weights.isEmpty() ? 0 : weights.get(last),
                counters.alpha(),
                cells,
                counters.goldComparisons,
                counters.pairs,
                counters.dose(),
                residual);
    }
}
