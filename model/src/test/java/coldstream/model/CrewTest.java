package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.UserId;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrewTest {

    @ParameterizedTest
    @ValueSource(strings = {"dcnv2", "deepfm", "din"})
    void aSecondThreadForRowsLearnsTheSameBits(String backbone) {
        try (SmallModel one = new SmallModel(backbone, new Compute("cpu", 1));
                SmallModel two = new SmallModel(backbone, new Compute("cpu", 2))) {
            for (int step = 0; step < 5; step++) {
                learn(one);
                learn(two);
            }
            assertThat(two.model.logits(two.batch(6))).isEqualTo(one.model.logits(one.batch(6)));
            assertThat(two.model.features.items.flatValues()).isEqualTo(one.model.features.items.flatValues());
            assertThat(two.model.features.categories.flatValues())
                    .isEqualTo(one.model.features.categories.flatValues());
        }
    }

    /** A step of so many rows that both hands are wanted for each part of it. */
    private static void learn(SmallModel small) {
        int rows = 600;
        FeatureBatch batch = new FeatureBatch(small.model.features());
        List<CatalogueEntry> items = small.model.features().catalogue().entries();
        for (int k = 0; k < rows; k++) {
            int user = small.model.features().user(new UserId("u" + k % 500));
            int from = k % 5;
            batch.row(batch.side(user, items.subList(from, from + 3), k), items.get(k % 8), k);
        }
        small.model.learn(batch, logits -> {
            float[] byLogit = new float[logits.length];
            Draws.of(rows).normal(byLogit, 0, rows, 0.1);
            return byLogit;
        });
        small.model.update(rows);
    }

    @Test
    void everyTaskIsDoneOnce() {
        AtomicIntegerArray done = new AtomicIntegerArray(1000);
        try (Crew crew = new Crew(2)) {
            crew.each(Crew.WORTH_IT, done.length(), done::incrementAndGet);
        }
        for (int task = 0; task < done.length(); task++) {
            assertThat(done.get(task)).isOne();
        }
    }

    @Test
    void twoHandsWorkAtTheSameTime() {
        CyclicBarrier met = new CyclicBarrier(2);
        try (Crew crew = new Crew(4)) {
            crew.both(Crew.WORTH_IT, () -> meet(met), () -> meet(met));
        }
        assertThat(met.isBroken()).isFalse();
    }

    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await(4, TimeUnit.MINUTES);
        } catch (Exception e) {
            throw new IllegalStateException("both hands must be there", e);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatFailsFailsTheWhole(int threads) {
        try (Crew crew = new Crew(threads)) {
            assertThatThrownBy(() -> crew.both(
                            Crew.WORTH_IT,
                            () -> {
                                throw new IllegalArgumentException("one");
                            },
                            () -> {}))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("one");
        }
    }
}
