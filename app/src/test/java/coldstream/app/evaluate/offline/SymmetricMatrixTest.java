package coldstream.app.evaluate.offline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the definition: a matrix times its inverse is the identity, multiplied out element by element. */
final class SymmetricMatrixTest {

    @ParameterizedTest(name = "{0} rows")
    @ValueSource(ints = {1, 7, 128, 129, 300})
    void timesItsInverseIsTheIdentity(int size) {
        SymmetricMatrix original = positive(size, 5);
        SymmetricMatrix inverse = positive(size, 5);
        inverse.invert();

        for (int row = 0; row < size; row++) {
            for (int column = 0; column < size; column++) {
                double product = 0;
                for (int k = 0; k < size; k++) {
                    product += original.get(row, k) * inverse.get(k, column);
                }
                assertThat(product).isEqualTo(row == column ? 1 : 0, within(1e-9));
            }
        }
    }

    @Test
    void aRowIsItsElements() {
        SymmetricMatrix matrix = positive(300, 6);
        for (int row : new int[] {0, 127, 128, 299}) {
            double[] sum = new double[300];
            matrix.addRow(row, sum);
            for (int column = 0; column < 300; column++) {
                assertThat(sum[column]).isEqualTo(matrix.get(row, column));
            }
        }
    }

    @Test
    void refusesWhatIsNotPositiveDefinite() {
        var matrix = new SymmetricMatrix(2);
        matrix.add(0, 0, 1);
        matrix.add(1, 1, 1);
        matrix.add(0, 1, 2);
        assertThatThrownBy(matrix::invert).hasMessageContaining("positive definite, got pivot -3.0 in row 1");
    }

    private static SymmetricMatrix positive(int size, long seed) {
        var random = new SplittableRandom(seed);
        double[][] factor = new double[size][size];
        for (double[] row : factor) {
            for (int k = 0; k < size; k++) {
                row[k] = random.nextDouble(-1, 1);
            }
        }
        var matrix = new SymmetricMatrix(size);
        for (int row = 0; row < size; row++) {
            for (int column = 0; column <= row; column++) {
                double product = row == column ? size : 0;
                for (int k = 0; k < size; k++) {
                    product += factor[row][k] * factor[column][k];
                }
                matrix.add(row, column, product);
            }
        }
        return matrix;
    }
}
