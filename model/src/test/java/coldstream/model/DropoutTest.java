package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import coldstream.model.backbone.Dropout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DropoutTest {

    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void masksRepeatBySeedAndSpreadAroundTheLogit(String backbone) {
        try (SmallModel small = new SmallModel(backbone)) {
            FeatureBatch batch = small.batch(6);
            float[] plain = small.model.logits(batch);
            float[][] masked = small.model.logits(batch, 64, 1);
            assertThat(masked).hasDimensions(64, 6);
            assertThat(small.model.logits(batch, 64, 1)).isDeepEqualTo(masked);
            assertThat(small.model.logits(batch, 64, 2)).isNotEqualTo(masked);
            assertThat(masked[0]).isNotEqualTo(masked[1]);
            assertThat(small.model.logits(batch))
                    .as("no dropout where none was asked for")
                    .isEqualTo(plain);
            for (int row = 0; row < plain.length; row++) {
                double mean = 0;
                double square = 0;
                for (float[] mask : masked) {
                    mean += mask[row] / 64.0;
                    square += mask[row] * mask[row] / 64.0;
                }
                double deviation = Math.sqrt(Math.max(0, square - mean * mean));
                assertThat(deviation).isPositive();
                assertThat(mean).isEqualTo((double) plain[row], within(0.75 * deviation));
            }
        }
    }

    /** A mask is a network: what it says of a row must not depend on the rows beside it. */
    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void aRowIsJudgedAloneAsInCompany(String backbone) {
        try (SmallModel small = new SmallModel(backbone)) {
            float[][] company = small.model.logits(small.batch(6), 5, 9);
            float[][] alone = small.model.logits(small.batch(1), 5, 9);
            for (int mask = 0; mask < 5; mask++) {
                assertThat(alone[mask][0]).isEqualTo(company[mask][0], within(1e-5f));
            }
        }
    }

    @Test
    void oneUnitInTenIsSilentAndTheOthersMakeUpForIt() {
        try (NDManager scope = Compute.DEFAULT.engine().newBaseManager()) {
            NDArray ones = scope.ones(new Shape(1, 500));
            NDArray masked = new DropoutMasks(40, 3).apply(ones);
            assertThat(masked.getShape()).isEqualTo(new Shape(40, 1, 500));
            int silent = 0;
            for (float value : masked.toFloatArray()) {
                silent += value == 0 ? 1 : 0;
                assertThat(value == 0 || value == 1 / 0.9f).isTrue();
            }
            assertThat(silent / 20_000.0).isEqualTo(0.1, within(0.01));
            assertThat(Dropout.NONE.apply(ones)).isSameAs(ones);
        }
    }

    @Test
    void noRowsAreNoLogitsAndNoMasksAreRefused() {
        try (SmallModel small = new SmallModel("dcnv2")) {
            assertThat(small.model.logits(small.batch(0), 3, 1)).hasDimensions(3, 0);
            assertThatThrownBy(() -> small.model.logits(small.batch(1), 0, 1))
                    .hasMessage("masks must be at least 1, got 0");
        }
    }
}
