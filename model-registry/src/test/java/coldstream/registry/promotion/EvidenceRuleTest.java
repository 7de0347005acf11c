package coldstream.registry.promotion;

import static coldstream.registry.promotion.Evidences.calibration;
import static coldstream.registry.promotion.Evidences.difference;
import static coldstream.registry.promotion.Evidences.logloss;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.PairedMetrics;
import coldstream.registry.promotion.Verdict.Kind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceRuleTest {

    private static final List<String> THRESHOLDS =
            List.of("auc=0.02", "overall.auc=0.01", "logloss=0.05", "calibration-low=0.5", "calibration-high=2");

    /** Two standard errors, for everything. */
    private static final Intervals TWO = (error, threshold, tests, begins) -> 2;

    private final EvidenceRule rule =
            new EvidenceRule(Thresholds.parse("test", THRESHOLDS), TWO, 100, 50, 30, List.of("overall"));

    @ParameterizedTest(name = "a difference of {0} with an error of 0.001: {1}")
    @CsvSource({
        "0.01, GOOD",
        "0, GOOD",
        "-0.0079, GOOD", // lower end -0.0099
        "-0.0081, CLOSE", // lower end -0.0101
        "-0.0119, CLOSE", // upper end -0.0099
        "-0.0121, WORSE", // upper end -0.0101
    })
    void theIntervalAgainstTheThresholdDecides(double difference, Kind expected) {
        assertThat(judge("overall", difference(difference, 0.001, 1_000)).kind())
                .isEqualTo(expected);
    }

    @Test
    void oneStratumThatIsWorseIsEnoughHoweverGoodTheRestIs() {
        Verdict verdict = rule.judge(
                Evidences.of(
                        "2",
                        "1",
                        Map.of("overall", difference(0.1, 0.001, 1_000), "tail", difference(-0.05, 0.01, 1_000))),
                0);

        assertThat(verdict.kind()).isEqualTo(Kind.WORSE);
        // by hand: -0.05 + 2 * 0.01 = -0.03
        assertThat(verdict.why()).isEqualTo("worse in tail: the AUC is at least 0.0300 lower, 0.0200 is allowed");
        assertThat(verdict.details())
                .containsEntry("tail.difference", "-0.0500")
                .containsEntry("tail.difference_low", "-0.0700")
                .containsEntry("tail.difference_high", "-0.0300")
                .containsEntry("overall.auc", "0.9000")
                .containsEntry("overall.events", "1000");
    }

    @Test
    void aStratumThatIsNotRequiredNeedNotBeShown() {
        Verdict verdict = rule.judge(
                Evidences.of(
                        "2",
                        "1",
                        Map.of("overall", difference(0, 0.001, 1_000), "tail", difference(-0.05, 0.05, 1_000))),
                0);

        assertThat(verdict.kind()).isEqualTo(Kind.GOOD);
    }

    @ParameterizedTest(name = "{0} events of half as many users: {1}")
    @CsvSource({"99, LITTLE", "100, WORSE"})
    void aStratumSpeaksOnceItHasTheEvidence(long events, Kind expected) {
        assertThat(judge("overall", difference(-0.5, 0.001, events)).kind()).isEqualTo(expected);
    }

    @Test
    void fewUsersAreLittleEvidenceHoweverManyTheirEvents() {
        var found = new PairedMetrics(9_000, 9_000, 9_000, 29, 0.1, 0.8, 0.001, 0.5, 0.5, 0.01, 1, 1);

        assertThat(judge("overall", found).kind()).isEqualTo(Kind.LITTLE);
        assertThat(judge("overall", found).why()).endsWith("29 users of 30");
    }

    @Test
    void fewPositivesAreLittleEvidenceHoweverManyEvents() {
        var found = new PairedMetrics(9_000, 49, 9_000, 900, 0.1, 0.8, 0.001, 0.5, 0.5, 0.01, 1, 1);

        assertThat(judge("overall", found).kind()).isEqualTo(Kind.LITTLE);
    }

    @Test
    void aNumberThatIsNoneDecidesNothing() {
        var found = new PairedMetrics(9_000, 900, 9_000, 900, Double.NaN, 0.8, Double.NaN, 0.5, 0.5, 0.01, 1, 1);

        assertThat(judge("overall", found).kind()).isEqualTo(Kind.LITTLE);
    }

    @Test
    void withoutTheRequiredStratumNothingIsShown() {
        assertThat(judge("tail", difference(0.1, 0.001, 1_000)).why()).isEqualTo("no events in overall");
    }

    @ParameterizedTest(name = "a loss {0} higher with an error of 0.01: {1}")
    @CsvSource({"0.069, GOOD", "0.071, WORSE"}) // 0.05 + 2 * 0.01
    void aLossThatIsHigherBeyondItsIntervalIsWorse(double higher, Kind expected) {
        assertThat(judge("overall", logloss(higher, 0.01)).kind()).isEqualTo(expected);
    }

    @ParameterizedTest(name = "a ratio of {0} beside {1}: {2}")
    @CsvSource({
        "1.9, 1, GOOD",
        "2.1, 1, WORSE",
        "0.4, 1, WORSE",
        "2.1, 2.2, GOOD", // outside, and the champion is further out
        "2.1, 0.4, GOOD", // so is a champion as far out on the other side: ln 0.4 = -0.92, ln 2.1 = 0.74
    })
    void aCalibrationOutsideItsRangeIsWorseUnlessTheChampionsIsFurtherOut(double arm, double champion, Kind expected) {
        assertThat(judge("overall", calibration(arm, champion)).kind()).isEqualTo(expected);
    }

    @Test
    void aMeasureNobodyWroteDownHoldsNobodyBack() {
        var lax = new EvidenceRule(Thresholds.parse("test", List.of("tail.auc=0")), TWO, 100, 50, 30, List.of());

        assertThat(lax.judge(Evidences.overall("2", "1", difference(-0.5, 0.001, 1_000)), 0)
                        .kind())
                .isEqualTo(Kind.GOOD);
    }

    private Verdict judge(String stratum, PairedMetrics found) {
        return rule.judge(Evidences.of("2", "1", Map.of(stratum, found)), 0);
    }
}
