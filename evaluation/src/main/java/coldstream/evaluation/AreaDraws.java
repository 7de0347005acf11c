package coldstream.evaluation;

import java.util.List;

/**
 * A run's area in one stratum.
 *
 * @param area exact
 * @param drawn the area under each draw of users, in the order of draws; NaN where a draw has one class only
 */
public record AreaDraws(double area, List<Double> drawn) {

    public AreaDraws {
        drawn = List.copyOf(drawn);
    }
}
