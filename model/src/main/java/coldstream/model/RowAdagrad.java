package coldstream.model;

/**
 * Row-wise Adagrad: with g the row's summed gradient, G ← G + mean g², w ← w − rate · g / √(G + floor). One accumulator a
 * row for its factors and one for its linear weight; rows nobody touched are neither read nor written.
 *
 * @param rate learning rate
 * @param floor added under the root; bounds the first step
 */
public record RowAdagrad(double rate, double floor) {

    /** Applies {@code scale} times the sums to the table. */
    void apply(RowTable table, RowGradients gradients, float scale) {
        int dimension = table.dimension();
        int width = table.width();
        float[] sums = gradients.sums();
        for (int slot = 0; slot < gradients.size(); slot++) {
            int row = gradients.row(slot);
            update(table, row, 0, sums, slot * width, dimension, 0, scale);
            if (width > dimension) {
                update(table, row, 1, sums, slot * width + dimension, 1, dimension, scale);
            }
        }
    }

    private void update(
            RowTable table, int row, int accumulator, float[] sums, int from, int length, int skip, float scale) {
        double mean = 0;
        for (int k = 0; k < length; k++) {
            double g = scale * sums[from + k];
            mean += g * g;
        }
        if (mean == 0) {
            return;
        }
        float square = (float) (table.square(row, accumulator) + mean / length);
        float step = (float) (rate * scale / Math.sqrt(square + floor));
        table.square(row, accumulator, square);
        float[] values = table.chunkToWrite(row);
        int to = table.offset(row) + skip;
        for (int k = 0; k < length; k++) {
            values[to + k] -= step * sums[from + k];
        }
    }
}
