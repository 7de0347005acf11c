package coldstream.model;

import java.util.Arrays;
import java.util.List;

/**
 * The text vectors of a catalogue, one number of {@value Lanes#COUNT} items in a row, for {@link Taste#cosine} of all items at
 * once, with the same bits: its four sums are four rows here.
 */
final class TextLanes {

    private final int size;
    private final int dimension;
    private final float[][][] blocks;
    private final float[][] inverseNorms;

    /** @param dimension of a text vector; an item without one has zeros and the inverse norm 0 */
    TextLanes(List<CatalogueEntry> entries, int dimension) {
        size = entries.size();
        this.dimension = dimension;
        int count = (size + Lanes.COUNT - 1) / Lanes.COUNT;
        blocks = new float[count][dimension][Lanes.COUNT];
        inverseNorms = new float[count][Lanes.COUNT];
        for (int number = 0; number < size; number++) {
            CatalogueEntry entry = entries.get(number);
            int lane = number % Lanes.COUNT;
            float[][] block = blocks[number / Lanes.COUNT];
            inverseNorms[number / Lanes.COUNT][lane] = entry.inverseNorm;
            for (int k = 0; k < entry.vector.length && entry.inverseNorm != 0; k++) {
                block[k][lane] = entry.vector[k];
            }
        }
    }

    /** (direction · vector − offset) times the inverse norm, by number; 0 where there is no vector. */
    float[] cosines(float[] direction, float offset) {
        float[] cosines = new float[size];
        float[][] sums = new float[4][Lanes.COUNT];
        for (int block = 0; block < blocks.length; block++) {
            for (float[] sum : sums) {
                Arrays.fill(sum, 0);
            }
            float[][] rows = blocks[block];
            int k = 0;
            for (; k + 4 <= dimension; k += 4) {
                Lanes.addEach(direction[k], rows[k], sums[0], direction[k + 1], rows[k + 1], sums[1]);
                Lanes.addEach(direction[k + 2], rows[k + 2], sums[2], direction[k + 3], rows[k + 3], sums[3]);
            }
            for (; k < dimension; k++) {
                Lanes.add(direction[k], rows[k], sums[0]);
            }
            int from = block * Lanes.COUNT;
            float[] norms = inverseNorms[block];
            for (int lane = 0; lane < Math.min(Lanes.COUNT, size - from); lane++) {
                float dot = sums[0][lane] + sums[1][lane] + (sums[2][lane] + sums[3][lane]);
                cosines[from + lane] = norms[lane] == 0 ? 0 : (dot - offset) * norms[lane];
            }
        }
        return cosines;
    }
}
