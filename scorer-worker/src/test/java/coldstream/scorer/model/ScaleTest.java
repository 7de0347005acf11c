package coldstream.scorer.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScaleTest {

    private static final List<Double> SCORES = List.of(0.7, 0.8, 0.75, 0.8, Double.NaN);

    @Test
    void rawIsWhatTheModelSaid() {
        assertThat(Scale.RAW.of(SCORES)).isEqualTo(SCORES);
    }

    @Test
    void minMaxUsesTheWholeRange() {
        List<Double> scaled = Scale.MIN_MAX.of(List.of(0.25, 0.5, 0.375, Double.NaN));

        assertThat(scaled).containsExactly(0.0, 1.0, 0.5, Double.NaN);
        assertThat(Scale.MIN_MAX.of(List.of(0.3, 0.3))).containsExactly(0.5, 0.5);
        assertThat(Scale.MIN_MAX.of(List.of(Double.NaN))).containsExactly(Double.NaN);
    }

    /** Four scores: ranks 1, 3.5, 2, 3.5 less a half, of four. */
    @Test
    void quantilesAreMeanRanks() {
        assertThat(Scale.QUANTILE.of(SCORES)).containsExactly(0.125, 0.75, 0.375, 0.75, Double.NaN);
        assertThat(Scale.QUANTILE.of(List.of(0.9))).containsExactly(0.5);
    }
}
