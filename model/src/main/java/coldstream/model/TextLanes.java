package coldstream.model;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text vectors of a catalogue, one number of up to {@value Lanes#COUNT} items in a row, for {@link Taste#cosine} of all
 * items at once, with the same bits: its four sums are four rows here, each in the order it has there. Blocks of items whose texts stayed are taken over from the
 * lanes before.
 */
final class TextLanes {

    /** As {@link Taste} has them. */
    private static final int SUMS = 4;

    private final int size;
    private final int dimension;
    private final Block[] blocks;

    /** Some items, and the vectors that were laid out. */
    private static final class Block {

        final float[][] rows;
        final float[] inverseNorms;
        final float[][] vectors;

        Block(List<CatalogueEntry> entries, int dimension) {
            rows = new float[dimension][entries.size()];
            inverseNorms = new float[entries.size()];
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

    /**
     * (direction · vector − offset) times the inverse norm, by number; 0 where there is no vector.
     *
     * @param directions one or more, of this dimension
     * @param offsets one for each
     * @return the largest of each item's, or the only one
     */
    float[] largestCosines(float[][] directions, float[] offsets) {
        float[] largest = new float[size];
        float[][] sums = new float[SUMS][Math.min(size, Lanes.COUNT)];
        for (int block = 0; block < blocks.length; block++) {
            for (int k = 0; k < directions.length; k++) {
                dots(directions[k], blocks[block], sums);
                cosines(blocks[block], sums, offsets[k], k == 0, largest, block * Lanes.COUNT);
            }
        }
        return largest;
    }

    /** The dot products of a block's vectors are what the sums add up to. */
    private void dots(float[] direction, Block block, float[][] sums) {
        int fours = dimension - dimension % SUMS;
        int lanes = block.vectors.length;
        for (int k = 0; k < SUMS; k++) {
            Arrays.fill(sums[k], 0);
            Lanes.addInOrder(direction, block.rows, k, SUMS, fours, sums[k], lanes);
        }
        Lanes.addInOrder(direction, block.rows, fours, 1, dimension, sums[0], lanes);
    }

    private static void cosines(Block block, float[][] sums, float offset, boolean first, float[] largest, int from) {
        for (int lane = 0; lane < block.vectors.length; lane++) {
            float norm = block.inverseNorms[lane];
            float dot = sums[0][lane] + sums[1][lane] + (sums[2][lane] + sums[3][lane]);
            float cosine = norm == 0 ? 0 : (dot - offset) * norm;
            largest[from + lane] = first ? cosine : Math.max(largest[from + lane], cosine);
        }
    }
}
