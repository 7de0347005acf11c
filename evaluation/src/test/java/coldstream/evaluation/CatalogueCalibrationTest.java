package coldstream.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CatalogueCalibrationTest {

    private static final int ITEMS = 400;
    private static final int DRAWN = 2;

    private final Random random = new Random(3);
    private final CatalogueCalibration calibration = new CatalogueCalibration();

    private static Sample sample(int number, int item, long itemCount) {
        return new Sample(
                "s|" + number,
                new UserId("u"),
                new ItemId("i" + item),
                1,
                OptionalDouble.empty(),
                1,
                List.of(),
                0,
                itemCount,
                true,
                false,
                Instant.EPOCH,
                Instant.EPOCH);
    }

    /** The truth: item k is taken with probability ∝ eᵃ, a = k / 100. A model of the sampled rows knows the truth's odds. */
    @Test
    void theLogOfTheSamplingOddsMakesSampledLogitsRightForTheCatalogue() {
        double[] chance = new double[ITEMS];
        double sum = 0;
        for (int k = 0; k < ITEMS; k++) {
            chance[k] = Math.exp(k / 100.0);
            sum += chance[k];
        }
        double each = (ITEMS - 1.0) / DRAWN;
        for (int event = 0; event < 40_000; event++) {
            double left = random.nextDouble() * sum;
            int taken = 0;
            while (left > chance[taken]) {
                left -= chance[taken++];
            }
            List<ScoredEvent.Negative> negatives = new ArrayList<>();
            while (negatives.size() < DRAWN) {
                int other = random.nextInt(ITEMS);
                if (other != taken) {
                    negatives.add(new ScoredEvent.Negative(
                            new ItemId("i" + other), sampledLogit(chance[other] / sum, each), false));
                }
            }
            double logit = sampledLogit(chance[taken] / sum, each);
            calibration.add(new ScoredEvent(sample(event, taken, 5), logit, negatives, true, each));
        }

        CatalogueCalibration.Result result = calibration.result();
        assertThat(result.correctedRatio()).isEqualTo(1, within(0.02));
        assertThat(result.correctedError()).isLessThan(0.05);
        assertThat(result.ratio()).isGreaterThan(50);
        assertThat(result.error()).isGreaterThan(50);
    }

    /** The odds among sampled rows: an item is the positive p times an event, and a negative (1 − p) / each times. */
    private static double sampledLogit(double p, double each) {
        return Math.log(p / ((1 - p) / each));
    }

    @Test
    void whereNothingIsDrawnNothingIsCorrected() {
        for (int event = 0; event < 100; event++) {
            calibration.add(new ScoredEvent(sample(event, 1, 5), 0.4, List.of(), true));
        }
        CatalogueCalibration.Result result = calibration.result();
        assertThat(result.correctedRatio())
                .isEqualTo(result.ratio())
                .isEqualTo(1 / (1 + Math.exp(-0.4)), within(1e-12));
    }

    @Test
    void newItemsAndEventsThatDoNotCountAreLeftOut() {
        calibration.add(new ScoredEvent(sample(1, 1, 0), 0.4, List.of(), true));
        calibration.add(new ScoredEvent(sample(2, 1, 5), 0.4, List.of(), false));

        assertThat(calibration.result().ratio()).isNaN();
    }
}
