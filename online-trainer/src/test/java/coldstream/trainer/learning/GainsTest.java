package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.model.Signal;
import coldstream.trainer.learning.Residual.Comparison;
import coldstream.trainer.learning.Residual.Input;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class GainsTest {

    private static final int AT_MOST_ONE = 0;
    private static final int TEN_AND_MORE = 4;
    private static final int HEAD = 0;
    private static final int TAIL = 1;

    private final Residual residual = new Residual(Signal.LINE, 1, 1e6, 0);
    private final Gains gains = new Gains();

    private static Comparison comparison(double difference, double taken, double drawn, int history, int kind) {
        return new Comparison(difference, input(taken, history, kind), input(drawn, history, HEAD));
    }

    private static Input input(double value, int history, int kind) {
        return new Input(new Signal((float) value, (float) value), history, kind);
    }

    private GuidanceGain gain(String name) {
        return Objects.requireNonNull(gains.byName().get(name), name);
    }

    /** The signal was right so often that it is trusted. */
    private void trustIt() {
        for (int step = 0; step < 50; step++) {
            residual.learn(
                    List.of(comparison(0, 0.9, 0.1, AT_MOST_ONE, HEAD), comparison(0, 0.9, 0.1, TEN_AND_MORE, HEAD)));
        }
        assertThat(residual.add(input(0.9, AT_MOST_ONE, HEAD)) - residual.add(input(0.1, AT_MOST_ONE, HEAD)))
                .isGreaterThan(0.5);
    }

    @Test
    void whatIsNotTrustedGainsNothing() {
        gains.count(residual, List.of(comparison(1, 0, 1, AT_MOST_ONE, HEAD), comparison(-1, 1, 0, AT_MOST_ONE, HEAD)));

        assertThat(gain("overall")).isEqualTo(new GuidanceGain(2, 0.5, 0.5, 0));
    }

    @Test
    void aComparisonThatGuidanceTurnsCountsForIt() {
        trustIt();
        gains.count(
                residual,
                List.of(
                        comparison(-0.1, 0.9, 0.1, AT_MOST_ONE, HEAD), // wrong, turned right
                        comparison(0.1, 0.1, 0.9, AT_MOST_ONE, HEAD), // right, turned wrong
                        comparison(-0.1, 0.9, 0.1, AT_MOST_ONE, HEAD), // wrong, turned right
                        comparison(9, 0.1, 0.9, TEN_AND_MORE, TAIL), // right, and stays
                        comparison(0, 0.9, 0.1, TEN_AND_MORE, HEAD))); // a tie, turned right

        assertThat(gains.byName()).containsOnlyKeys("overall", "cold_head", "warm_head", "warm_tail");
        GuidanceGain overall = gain("overall");
        assertThat(overall.comparisons()).isEqualTo(5);
        assertThat(overall.without()).isCloseTo(2.5 / 5, within(1e-12));
        assertThat(overall.with()).isCloseTo(4.0 / 5, within(1e-12));
        double mean = 1.5 / 5;
        assertThat(overall.error()).isCloseTo(Math.sqrt((3.25 / 5 - mean * mean) / 5), within(1e-12));
        assertThat(gain("cold_head").with()).isCloseTo(2.0 / 3, within(1e-12));
        assertThat(gain("warm_tail")).isEqualTo(new GuidanceGain(1, 1, 1, 0));
        assertThat(gain("warm_head")).isEqualTo(new GuidanceGain(1, 0.5, 1, 0));
    }

    @Test
    void beforeAnyComparisonThereIsNothingToSay() {
        assertThat(gains.byName()).isEmpty();
    }
}
