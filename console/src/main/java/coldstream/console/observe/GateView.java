package coldstream.console.observe;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the language model is trusted, over time.
 *
 * @param mode of the gate; null while the trainer has not been heard
 * @param uncertainty what the gate takes for q
 * @param goldComparisons that came true so far
 * @param pairs trained so far
 * @param cells by users' coldness and items' popularity, such as cold_tail
 * @param residual trust of the residual, such as history_10_tail
 * @param gained what guidance gained, overall and by cell
 */
public record GateView(
        Instant since,
        @Nullable String mode,
        @Nullable String uncertainty,
        @Nullable Long goldComparisons,
        @Nullable Long pairs,
        @Nullable Dose dose,
        Map<String, List<Cell>> cells,
        Map<String, List<Trust>> residual,
        Map<String, Gain> gained) {

    /** How strongly the backbone was guided: lambda times trust, share of pairs that pull, norm over that of the rows. */
    public record Dose(
            @Nullable Double effective,
            @Nullable Double activeHinges,
            @Nullable Double gradientRatio) {}

    /**
     * Where a cell stood.
     *
     * @param alpha trust
     * @param agreement share of realised comparisons the language model ordered rightly
     * @param low end of the 95 % interval of it
     * @param high end of it
     * @param evidence realised comparisons
     * @param gained 2 agreement − 1: how much more often right than wrong
     */
    public record Cell(
            Instant time,
            long samples,
            @Nullable Double alpha,
            @Nullable Double agreement,
            @Nullable Double low,
            @Nullable Double high,
            double evidence,
            long pairs,
            @Nullable Double gained)
            implements Timed {}

    /**
     * What came of comparing what users took with what was drawn against it, each predicted before it was learnt from.
     *
     * @param comparisons since the trainer began
     * @param without share that the model orders rightly alone
     * @param with share with what guidance adds
     * @param gained the difference, with its 95 % interval {@code low} to {@code high}
     */
    public record Gain(
            long comparisons,
            @Nullable Double without,
            @Nullable Double with,
            @Nullable Double gained,
            @Nullable Double low,
            @Nullable Double high) {}

    /** Where the residual stood. */
    public record Trust(
            Instant time, long samples, @Nullable Double value) implements Timed {}
}
