package coldstream.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text vectors of a catalogue, one number of {@value Lanes#COUNT} items in a row, for {@link Taste#cosine} of all items at
 * once, with the same bits: its four sums are four rows here. Blocks of items whose texts stayed are taken over from the
 * lanes before.
 */
final class TextLanes {

    private final int size;
    private final int dimension;
    private final Block[] blocks;

    /** Some items, and the vectors that were laid out. */
    private static final class Block {

        final float[][] rows;
        final float[] inverseNorms = new float[Lanes.COUNT];
        final float[][] vectors;

        Block(List<CatalogueEntry> entries, int dimension) {
            rows = new float[dimension][Lanes.COUNT];
            vectors = new float[entries.size()][];
            for (int lane = 0; lane < vectors.length; lane++) {
                CatalogueEntry entry = entries.get(lane);
                inverseNorms[lane] = entry.inverseNorm;
                vectors[lane] = entry.vector;
                for (int k = 0; k < entry.vector.length && entry.inverseNorm != 0; k++) {
                    rows[k][lane] = entry.vector[k];
                }
            }
        }

        boolean holds(List<CatalogueEntry> entries, int dimension) {
            boolean same = entries.size() == vectors.length && rows.length == dimension;
            for (int lane = 0; same && lane < vectors.length; lane++) {
                CatalogueEntry entry = entries.get(lane);
                same = entry.vector == vectors[lane] && entry.inverseNorm == inverseNorms[lane];
            }
            return same;
        }
    }

    /**
     * @param dimension of a text vector; an item without one has zeros and the inverse norm 0
     * @param before lanes of an earlier state of the catalogue
     */
    TextLanes(List<CatalogueEntry> entries, int dimension, @Nullable TextLanes before) {
        size = entries.size();
        this.dimension = dimension;
        blocks = new Block[(size + Lanes.COUNT - 1) / Lanes.COUNT];
        for (int block = 0; block < blocks.length; block++) {
            int from = block * Lanes.COUNT;
            List<CatalogueEntry> some = entries.subList(from, Math.min(size, from + Lanes.COUNT));
            Block known = before != null && block < before.blocks.length ? before.blocks[block] : null;
            blocks[block] = known != null && known.holds(some, dimension) ? known : new Block(some, dimension);
        }
    }

    /** Whether the items of a number's block were taken over. */
    boolean shares(TextLanes other, int number) {
        return blocks[number / Lanes.COUNT] == other.blocks[number / Lanes.COUNT];
    }

    /** (direction · vector − offset) times the inverse norm, by number; 0 where there is no vector. */
    float[] cosines(float[] direction, float offset) {
        float[] cosines = new float[size];
        float[][] sums = new float[4][Lanes.COUNT];
        for (int block = 0; block < blocks.length; block++) {
            for (float[] sum : sums) {
                Arrays.fill(sum, 0);
            }
            float[][] rows = blocks[block].rows;
            int k = 0;
            for (; k + 4 <= dimension; k += 4) {
                Lanes.addEach(direction[k], rows[k], sums[0], direction[k + 1], rows[k + 1], sums[1]);
                Lanes.addEach(direction[k + 2], rows[k + 2], sums[2], direction[k + 3], rows[k + 3], sums[3]);
            }
            for (; k < dimension; k++) {
                Lanes.add(direction[k], rows[k], sums[0]);
            }
            int from = block * Lanes.COUNT;
            float[] norms = blocks[block].inverseNorms;
            for (int lane = 0; lane < Math.min(Lanes.COUNT, size - from); lane++) {
                float dot = sums[0][lane] + sums[1][lane] + (sums[2][lane] + sums[3][lane]);
                cosines[from + lane] = norms[lane] == 0 ? 0 : (dot - offset) * norms[lane];
            }
        }
        return cosines;
    }
}
