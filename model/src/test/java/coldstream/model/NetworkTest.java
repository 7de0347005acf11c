package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class NetworkTest {

    /** Why: a product of 33 rows and one column differs in its last bits by where its operands lie. */
    @Test
    void numbersStartOnACacheLineWhateverWasAllocatedBefore() {
        var random = new Random(1);
        float[] x = normals(random, 33 * 288);
        float[] w = normals(random, 288);
        int expected = 0;
        try (NDManager scope = Compute.DEFAULT.engine().newBaseManager()) {
            for (int round = 0; round < 50; round++) {
                ByteBuffer odd = ByteBuffer.allocateDirect(16 + random.nextInt(200));
                assertThat(odd.isDirect()).isTrue();
                ByteBuffer rows = onCacheLine(x);
                ByteBuffer column = onCacheLine(w);
                assertThat(rows.order()).isEqualTo(ByteOrder.nativeOrder());
                assertThat(rows.remaining()).isEqualTo(x.length * Float.BYTES);
                assertThat(rows.alignmentOffset(0, 64)).isZero();
                assertThat(column.alignmentOffset(0, 64)).isZero();
                int product = Arrays.hashCode(product(scope, rows, column));
                assertThat(product).isEqualTo(round == 0 ? product : expected);
                expected = product;
            }
        }
    }

    /** The engine's own gradient collector allows one pass a process, and looks at every tensor there is when one starts. */
    @Test
    void aPassThatIsOpenTakesNoNoticeOfAnother() {
        try (SmallModel one = new SmallModel("dcnv2");
                SmallModel other = new SmallModel("dcnv2");
                SmallModel alone = new SmallModel("dcnv2")) {
            float[] expected = logitsAfterStep(alone, () -> {});

            float[] around = logitsAfterStep(one, () -> other.learn(1));

            assertThat(around).isEqualTo(expected);
            assertThat(logits(other, () -> {})).isEqualTo(expected);
        }
    }

    private static float[] logitsAfterStep(SmallModel model, Runnable meanwhile) {
        float[] before = logits(model, meanwhile);
        model.model.update(before.length);
        float[] after = logits(model, () -> {});
        assertThat(after).isNotEqualTo(before);
        return after;
    }

    private static float[] logits(SmallModel model, Runnable meanwhile) {
        float[] seen = new float[6];
        model.model.learn(model.batch(seen.length), logits -> {
            meanwhile.run();
            System.arraycopy(logits, 0, seen, 0, seen.length);
            return SmallModel.BY_LOGIT;
        });
        return seen;
    }

    private static ByteBuffer onCacheLine(float[] values) {
        ByteBuffer memory = Workspace.allocate(values.length * Float.BYTES);
        memory.asFloatBuffer().put(values);
        return memory;
    }

    private static float[] product(NDManager scope, ByteBuffer rows, ByteBuffer column) {
        NDArray x = scope.create(rows, new Shape(33, 288), DataType.FLOAT32);
        NDArray w = scope.create(column, new Shape(1, 288), DataType.FLOAT32);
        return x.matMul(w.transpose()).toFloatArray();
    }

    private static float[] normals(Random random, int size) {
        float[] values = new float[size];
        for (int k = 0; k < size; k++) {
            values[k] = (float) random.nextGaussian();
        }
        return values;
    }
}
