package coldstream.evaluation;

import static coldstream.evaluation.ScoredEvents.WARM_HEAD;
import static coldstream.evaluation.ScoredEvents.head;
import static coldstream.evaluation.ScoredEvents.tail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ScoredEvent;
import coldstream.domain.StratumMetrics;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A stream small enough to count by hand. */
final class PrequentialTest {

    private static final List<ScoredEvent> STREAM = List.of(
            WARM_HEAD.logits(3, head(1), tail(4)),
            WARM_HEAD.userCount(0).logits(2, head(0), head(2)),
            WARM_HEAD.userCount(2).tailItem().logits(1, tail(0), head(3)),
            WARM_HEAD.userCount(3).tailItem().logits(0, head(-1), tail(2)),
            WARM_HEAD.userCount(1).newItem().logits(-2, head(-3), head(-1)),
            WARM_HEAD.newItem().logits(9, head(-3), head(-1)),
            WARM_HEAD.notScored().logits(-9, head(9), head(9)));

    private final Prequential prequential = new Prequential();

    @Test
    void everyStratumComparesItsOwnRows() {
        prequential.addAll(STREAM);

        assertAuc("overall", new double[] {3, 2, 1, 0}, new double[] {1, 4, 0, 2, 0, 3, -1, 2});
        assertAuc("cold", new double[] {2, 1}, new double[] {0, 2, 0, 3});
        assertAuc("history_0", new double[] {2}, new double[] {0, 2});
        assertAuc("history_1_2", new double[] {1}, new double[] {0, 3});
        assertAuc("tail", new double[] {1, 0}, new double[] {1, 4, 0, 2, 0, 3, -1, 2});
        assertAuc("row_tail", new double[] {1, 0}, new double[] {4, 0, 2});
        assertAuc("new_item", new double[] {-2, 9}, new double[] {-3, -1, -3, -1});
        assertAuc("warm_head", new double[] {3}, new double[] {1, 4});
        assertThat(prequential.metrics()).hasSize(8);
    }

    @Test
    void anEventThatIsNotScoredIsOnlyCounted() {
        prequential.addAll(STREAM);

        assertThat(prequential.scored()).isEqualTo(6);
        assertThat(prequential.ignored()).isEqualTo(1);
        assertThat(metrics("overall").n()).isEqualTo(4);
    }

    @Test
    void whereLabelsComeWithTheDataBothClassesAreTheEventsOfTheStratum() {
        prequential.add(WARM_HEAD.logits(2));
        prequential.add(WARM_HEAD.label(0).logits(1));
        prequential.add(WARM_HEAD.label(0).userCount(2).logits(3));
        prequential.add(WARM_HEAD.userCount(1).tailItem().logits(1));
        prequential.add(WARM_HEAD.label(0).tailItem().logits(0));
        prequential.add(WARM_HEAD.label(0).newItem().logits(7));

        assertAuc("overall", new double[] {2, 1}, new double[] {1, 3, 0});
        assertAuc("cold", new double[] {1}, new double[] {3});
        assertAuc("tail", new double[] {1}, new double[] {0});
        assertAuc("row_tail", new double[] {1}, new double[] {0});
        assertAuc("warm_head", new double[] {2}, new double[] {1});
        assertThat(metrics("new_item").auc()).isNaN();
    }

    @Test
    void lossAndCalibrationAreMeansOverTheSameRows() {
        prequential.add(WARM_HEAD.logits(1, head(-2), tail(0.5)));
        double[] p = Arrays.stream(new double[] {1, -2, 0.5})
                .map(z -> 1 / (1 + Math.exp(-z)))
                .toArray();

        double loss = -(Math.log(p[0]) + Math.log(1 - p[1]) + Math.log(1 - p[2])) / 3;
        assertThat(metrics("overall").logloss()).isEqualTo(loss, within(1e-12));
        assertThat(prequential.calibrationRatios().get("overall"))
                .isEqualTo((p[0] + p[1] + p[2]) / 3 / (1 / 3.0), within(1e-12));
        assertThat(prequential.calibrationRatios().get("cold")).isNaN();
    }

    @Test
    void anExtremeLogitHasAFiniteLoss() {
        prequential.add(WARM_HEAD.logits(-1000, head(1000)));

        assertThat(metrics("overall").logloss()).isEqualTo(1000);
    }

    @Test
    void continuesFromItsSavedBytesAsIfNeverStopped() {
        prequential.addAll(STREAM.subList(0, 3));
        Prequential restored = Prequential.restore(prequential.save());
        assertThat(restored).isEqualTo(prequential).hasSameHashCodeAs(prequential);

        prequential.addAll(STREAM.subList(3, 7));
        restored.addAll(STREAM.subList(3, 7));

        assertThat(restored).isEqualTo(prequential);
        assertThat(restored.metrics()).isEqualTo(prequential.metrics());
        assertThat(restored.save()).isEqualTo(prequential.save());
    }

    @Test
    void equalityNoticesEveryPart() {
        prequential.addAll(STREAM);
        var other = new Prequential();
        other.addAll(STREAM);
        assertThat(other).isEqualTo(prequential);

        other.add(WARM_HEAD.notScored().logits(0));
        assertThat(other).isNotEqualTo(prequential);
    }

    @Test
    void partsMergeIntoTheWhole() {
        var first = new Prequential();
        first.addAll(STREAM.subList(0, 4));
        var second = new Prequential();
        second.addAll(STREAM.subList(4, 7));
        prequential.addAll(STREAM);

        first.merge(second);

        assertThat(first.metrics()).isEqualTo(prequential.metrics());
        assertThat(first.ignored()).isEqualTo(1);
    }

    @Test
    void bytesCutShortOrOfAnotherFormatAreRefused() {
        byte[] saved = prequential.save();
        assertThatThrownBy(() -> Prequential.restore(Arrays.copyOf(saved, saved.length - 1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("saved metrics must be whole");

        saved[0] = 9;
        assertThatThrownBy(() -> Prequential.restore(saved))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("format of saved metrics must be 1, got 9");
    }

    private void assertAuc(String stratum, double[] positives, double[] negatives) {
        StratumMetrics metrics = metrics(stratum);
        assertThat(metrics.auc()).as(stratum).isEqualTo(AucTest.shareOfPairsWon(positives, negatives), within(1e-12));
        assertThat(metrics.n()).as(stratum).isEqualTo(positives.length);
        assertThat(metrics.aucLow()).as(stratum).isLessThanOrEqualTo(metrics.auc());
        assertThat(metrics.aucHigh()).as(stratum).isGreaterThanOrEqualTo(metrics.auc());
    }

    private StratumMetrics metrics(String stratum) {
        Map<String, StratumMetrics> all = prequential.metrics();
        return Objects.requireNonNull(all.get(stratum), stratum);
    }
}
