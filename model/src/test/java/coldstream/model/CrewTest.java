package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {

    @ParameterizedTest
    @ValueSource(strings = {"dcnv2", "deepfm", "din"})
    void aSecondThreadForRowsLearnsTheSameBits(String backbone) {
        try (SmallModel one = new SmallModel(backbone, new Compute("cpu", 1));
                SmallModel two = new SmallModel(backbone, new Compute("cpu", 2))) {
            one.learn(5);
            two.learn(5);
            assertThat(two.model.logits(two.batch(6))).isEqualTo(one.model.logits(one.batch(6)));
            assertThat(two.model.features.items.flatValues()).isEqualTo(one.model.features.items.flatValues());
            assertThat(two.model.features.categories.flatValues())
                    .isEqualTo(one.model.features.categories.flatValues());
        }
    }

    @Test
    void twoHandsWorkAtTheSameTime() {
        CyclicBarrier met = new CyclicBarrier(2);
        try (Crew crew = new Crew(4)) {
            crew.both(() -> meet(met), () -> meet(met));
        }
        assertThat(met.isBroken()).isFalse();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("both hands must be there", e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatFailsFailsTheWhole(int threads) {
        try (Crew crew = new Crew(threads)) {
            assertThatThrownBy(() -> crew.both(
                            () -> {
                                throw new IllegalArgumentException("one");
                            },
                            () -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("one");
        }
    }
}
