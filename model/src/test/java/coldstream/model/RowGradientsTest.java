package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sums of random pieces against loops over a dense matrix, in doubles. */
class RowGradientsTest {

    private static final int ROWS = 40;
    private static final int FIELDS = 300;
    private static final int PIECES = 500;

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 16, 65})
    void aRowsGradientIsTheSumOfItsShares(int dimension) {
        FieldGradients fields = new FieldGradients(dimension);
        RowGradients rows = new RowGradients(fields);
        double[][] expected = new double[ROWS][dimension + 1];
        Draws draws = Draws.of(dimension);
        for (int step = 0; step < 3; step++) { // memory is used again
            int first = fields.more(FIELDS);
            draws.normal(fields.factors, first * dimension, FIELDS * dimension, 1);
            draws.normal(fields.linear, first, FIELDS, 1);
            for (double[] one : expected) {
                Arrays.fill(one, 0);
            }
            for (int piece = 0; piece < PIECES; piece++) {
                int row = Math.min(draws.below(ROWS), draws.below(ROWS));
                int field = first + draws.below(FIELDS);
                float share = (float) draws.uniform();
                rows.add(row, share, field);
                for (int k = 0; k < dimension; k++) {
                    expected[row][k] += (double) share * fields.factors[field * dimension + k];
                }
                expected[row][dimension] += (double) share * fields.linear[field];
            }
            rows.place(fields.more(rows.group()));
            for (int from = 0, to; from < rows.size(); from = to) {
                to = rows.after(from, 64);
                rows.sum(from, to);
            }
            agree(rows, expected, dimension);
            rows.clear();
            fields.clear();
        }
    }

    private static void agree(RowGradients rows, double[][] expected, int dimension) {
        float[] found = new float[dimension + 1];
        double all = 0;
        for (int slot = 0; slot < rows.size(); slot++) {
            rows.write(slot, found);
            double square = 0;
            for (int k = 0; k <= dimension; k++) {
                double wanted = expected[rows.row(slot)][k];
                assertThat((double) found[k]).isEqualTo(wanted, within(1e-4));
                square += k < dimension ? wanted * wanted : 0;
                all += wanted * wanted;
            }
            assertThat(rows.square(slot)).isEqualTo(square, within(1e-3 * (1 + square)));
        }
        assertThat(rows.square()).isEqualTo(all, within(1e-3 * all));
        assertThat(rows.size()).isEqualTo((int)
                Arrays.stream(expected).filter(one -> one[dimension] != 0).count());
    }

    /** Sums of floats depend on their order, so bits say that it is that of the pieces. */
    @Test
    void piecesAreAddedInTheOrderTheyCame() {
        FieldGradients fields = new FieldGradients(1);
        RowGradients rows = new RowGradients(fields);
        float[] numbers = {1e8f, 1, -1e8f, 3, 1e-3f, 7, -3};
        float sum = 0;
        int first = fields.more(numbers.length);
        for (int k = 0; k < numbers.length; k++) {
            fields.factors[first + k] = numbers[k];
            rows.add(5, 0.5f, first + k);
            rows.add(k + 10, 1, first + k);
            sum += 0.5f * numbers[k];
        }
        rows.place(fields.more(rows.group()));
        rows.sum(0, rows.size());
        float[] found = new float[1];
        rows.write(0, found);
        assertThat(found[0]).isEqualTo(sum);
    }
}
