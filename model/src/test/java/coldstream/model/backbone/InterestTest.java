package coldstream.model.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import coldstream.model.TensorScope;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What target attention must and must not depend on. */
final class InterestTest {

    private static final int KEY = 6;
    private static final int PLACES = 4;

    private final NDManager scope = TensorScope.open();
    private final Random random = new Random(3);
    private final Map<String, NDArray> parameters = new HashMap<>();
    private final float[] keys = normal(PLACES * KEY);
    private final float[] query = normal(KEY);

    InterestTest() {
        for (ParameterSpec spec : new Din().parameters(7, KEY / 2)) {
            long[] shape = spec.shape().stream().mapToLong(Integer::longValue).toArray();
            parameters.put(spec.name(), scope.create(normal(spec.size()), new Shape(shape)));
        }
    }

    private float[] normal(int size) {
        float[] values = new float[size];
        for (int k = 0; k < size; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }

    private NDArray get(String name) {
        return Objects.requireNonNull(parameters.get(name), name);
    }

    /** The interest of one row whose history is the first so many places. */
    private float[] interest(float[] places, int length) {
        float[] mask = new float[PLACES];
        Arrays.fill(mask, 0, length, 1);
        Sequence sequence = new Sequence(
                scope.create(places, new Shape(1, PLACES, KEY)),
                scope.create(mask, new Shape(1, PLACES)),
                scope.create(new int[] {0}),
                scope.create(query, new Shape(1, KEY)));
        return Din.interest(this::get, sequence).toFloatArray();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void anEmptyHistoryIsTheColdVector() {
        assertThat(interest(keys, 0)).containsExactly(get("cold").toFloatArray());
    }

    @Test
    void theColdVectorIsForEmptyHistoriesAlone() {
        float[] before = interest(keys, 1);
        parameters.put("cold", scope.create(normal(KEY)));
        assertThat(interest(keys, 1)).containsExactly(before);
    }

    @Test
    void whatLiesInPlacesWithoutAnItemDoesNotMatter() {
        float[] other = keys.clone();
        Arrays.fill(other, 2 * KEY, PLACES * KEY, 5);
        assertThat(interest(other, 2)).containsExactly(interest(keys, 2));
    }

    @Test
    void theOrderOfTheHistoryDoesNotMatter() {
        float[] turned = keys.clone();
        System.arraycopy(keys, 0, turned, KEY, KEY);
        System.arraycopy(keys, KEY, turned, 0, KEY);
        assertThat(interest(turned, 3)).containsExactly(interest(keys, 3), within(1e-5f));
    }

    /** The same item n times: n equal parts over √n. */
    @Test
    void interestGrowsAsTheRootOfTheLengthOfHistory() {
        float[] same = new float[PLACES * KEY];
        for (int place = 0; place < PLACES; place++) {
            System.arraycopy(keys, 0, same, place * KEY, KEY);
        }
        float[] one = interest(same, 1);
        float[] four = interest(same, 4);
        for (int k = 0; k < KEY; k++) {
            assertThat(four[k]).isEqualTo(2 * one[k], within(1e-4f * (1 + Math.abs(one[k]))));
        }
    }
}
