package coldstream.registry.promotion;

import static coldstream.registry.Snapshots.metrics;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.StratumMetrics;
import coldstream.registry.promotion.WindowRule.Decision;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowRuleTest {

    private final WindowRule rule = new WindowRule(0.01, 100, 3, 0.1);

    @Test
    void aCandidateThatIsNowhereWorseIsPromoted() {
        Decision decision = decide(
                Map.of("overall", metrics(0.80, 0.01, 500), "tail", metrics(0.70, 0.02, 500)),
                Map.of("overall", metrics(0.81, 0.01, 500), "tail", metrics(0.71, 0.02, 500)));

        assertThat(decision.promoted()).isTrue();
        assertThat(decision.why()).isEqualTo("not worse in any of 2 strata");
    }

    @Test
    void oneStratumThatIsWorseBeyondItsIntervalKeepsItBackHoweverGoodTheRestIs() {
        Decision decision = decide(
                Map.of("overall", metrics(0.80, 0.01, 500), "tail", metrics(0.70, 0.01, 500)),
                Map.of("overall", metrics(0.90, 0.01, 500), "tail", metrics(0.65, 0.01, 500)));

        assertThat(decision.promoted()).isFalse();
        // by hand: -0.05 + sqrt(0.01^2 + 0.01^2) = -0.0359
        assertThat(decision.why()).isEqualTo("worse in tail: the difference is at most -0.0359, the margin is 0.0100");
        assertThat(decision.details())
                .containsEntry("tail.difference", "-0.0500")
                .containsEntry("tail.difference_high", "-0.0359")
                .containsEntry("overall.difference", "0.1000");
    }

    @ParameterizedTest(name = "{0} lower with half widths of 0.003 and 0.004: promoted {1}")
    @CsvSource({"0.0149, true", "0.0151, false"}) // h = 0.005, so the border is a difference of -0.015
    void theBorderIsTheMarginBeyondTheInterval(double lower, boolean promoted) {
        Decision decision = decide(
                Map.of("overall", metrics(0.8, 0.004, 500)), Map.of("overall", metrics(0.8 - lower, 0.003, 500)));

        assertThat(decision.promoted()).isEqualTo(promoted);
    }

    @Test
    void aStratumWithTooLittleEvidenceOnEitherSideDecidesNothing() {
        StratumMetrics good = metrics(0.9, 0.001, 500);
        StratumMetrics badButFew = metrics(0.1, 0.001, 99);

        assertThat(decide(Map.of("cold", good), Map.of("cold", badButFew)).promoted())
                .isTrue();
        assertThat(decide(Map.of("cold", metrics(0.9, 0.001, 99)), Map.of("cold", metrics(0.1, 0.001, 500)))
                        .promoted())
                .isTrue();
    }

    @Test
    void aStratumWithoutANumberDecidesNothing() {
        var none = new StratumMetrics(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 500);

        assertThat(decide(Map.of("cold", none), Map.of("cold", metrics(0.1, 0.001, 500)))
                        .promoted())
                .isTrue();
        assertThat(decide(Map.of("cold", metrics(0.9, 0.001, 500)), Map.of("cold", none))
                        .why())
                .isEqualTo("no stratum has enough evidence to speak against it");
    }

    @Test
    void aFallThatLastsIsTheStreamsOnceEnoughVersionsShowIt() {
        Map<String, StratumMetrics> champion = Map.of("overall", metrics(0.85, 0.001, 500));
        Map<String, StratumMetrics> lower = Map.of("overall", metrics(0.80, 0.001, 500));

        assertThat(rule.decide(champion, lower, 2).promoted()).isFalse();
        Decision decision = rule.decide(champion, lower, 3);

        assertThat(decision.promoted()).isTrue();
        assertThat(decision.why()).endsWith("but 3 versions in a row were, so the stream has changed");
    }

    @Test
    void noPatienceHelpsAVersionThatFellFar() {
        assertThat(rule.decide(
                                Map.of("overall", metrics(0.85, 0.001, 500)),
                                Map.of("overall", metrics(0.70, 0.001, 500)),
                                1_000)
                        .promoted())
                .isFalse();
    }

    @Test
    void theFirstVersionIsPromotedBecauseAnythingIsBetterThanNoAnswer() {
        assertThat(rule.first(Map.of()).promoted()).isTrue();
    }

    @Test
    void aMarginOutsideItsRangeIsRefused() {
        assertThatThrownBy(() -> new WindowRule(-0.1, 1, 1, 1))
                .hasMessageContaining("promotion-margin must be in [0, 1]");
        assertThatThrownBy(() -> new WindowRule(0.1, 0, 1, 1)).hasMessageContaining("min-evidence must be at least 1");
        assertThatThrownBy(() -> new WindowRule(0.1, 1, 0, 1)).hasMessageContaining("patience must be at least 1");
        assertThatThrownBy(() -> new WindowRule(0.1, 1, 1, 0.05))
                .hasMessageContaining("limit must be in [registry.promotion-margin, 1], got 0.05");
    }

    private Decision decide(Map<String, StratumMetrics> champion, Map<String, StratumMetrics> candidate) {
        return rule.decide(champion, candidate, 0);
    }
}
