package coldstream.model;

import java.util.Arrays;
import java.util.List;

/** Asks a {@link Split}, with every item of the catalogue prepared. */
final class SplitLogits implements ServedLogits {

    private final Features features;
    private final Pooling pooling;
    private final Split split;
    private final Spare spare;

    /** Items by number, {@value Lanes#COUNT} a block but the last. */
    private final float[][][] blocks;

    /** Blocks of a ranker that is closed, for the next: a catalogue takes some 2 kB an item. Thread-safe. */
    static final class Spare {

        private float[][][] blocks = {};

        private synchronized void give(float[][][] closed) {
            blocks = closed;
        }

        private synchronized float[][][] take() {
            float[][][] taken = blocks;
            blocks = new float[0][][];
            return taken;
        }
    }

    /** @param spare to take memory from and to give it back to */
    SplitLogits(Features features, Pooling pooling, Split split, Spare spare) {
        this.features = features;
        this.pooling = pooling;
        this.split = split;
        this.spare = spare;
        List<CatalogueEntry> entries = features.catalogue().entries();
        blocks = new float[(entries.size() + Lanes.COUNT - 1) / Lanes.COUNT][][];
        float[][][] used = spare.take();
        for (int block = 0; block < blocks.length; block++) {
            int from = block * Lanes.COUNT;
            int lanes = Math.min(Lanes.COUNT, entries.size() - from);
            boolean fits = block < used.length && used[block].length == split.rows() && used[block][0].length == lanes;
            blocks[block] = fits ? used[block] : split.emptyBlock(lanes);
            prepare(entries.subList(from, from + lanes), blocks[block]);
        }
    }

    /** The first lanes of a block. */
    private void prepare(List<CatalogueEntry> entries, float[][] block) {
        float[] fields = new float[Field.ITEM_FIELDS * features.config().dimension()];
        float[] linear = new float[Field.ITEM_FIELDS];
        for (int lane = 0; lane < entries.size(); lane++) {
            CatalogueEntry entry = entries.get(lane);
            Arrays.fill(fields, 0);
            Arrays.fill(linear, 0);
            int recent = features.recentBucket(entry);
            pooling.item(entry, entry.count(), recent, fields, 0, linear, 0);
            split.put(fields, linear, block, lane);
        }
        split.prepare(block, entries.size());
    }

    @Override
    public void close() {
        spare.give(blocks);
    }

    @Override
    public float[] all(Pooled side, UserSignal signal) {
        float[] logits = new float[features.catalogue().size()];
        Split.Asking asking = split.asking(side);
        float[] some = new float[Lanes.COUNT];
        for (int block = 0; block < blocks.length; block++) {
            int from = block * Lanes.COUNT;
            int lanes = Math.min(Lanes.COUNT, logits.length - from);
            asking.logits(blocks[block], some, lanes);
            System.arraycopy(some, 0, logits, from, lanes);
        }
        return logits;
    }

    @Override
    public float[] of(Pooled side, UserSignal signal, List<CatalogueEntry> entries) {
        float[] logits = new float[entries.size()];
        Split.Asking asking = split.asking(side);
        float[][] block = split.emptyBlock(Math.min(Lanes.COUNT, logits.length));
        float[] some = new float[Math.min(Lanes.COUNT, logits.length)];
        for (int from = 0; from < logits.length; from += Lanes.COUNT) {
            int lanes = Math.min(Lanes.COUNT, logits.length - from);
            gather(entries.subList(from, from + lanes), block);
            asking.logits(block, some, lanes);
            System.arraycopy(some, 0, logits, from, lanes);
        }
        return logits;
    }

    /** Brings entries together in a block; those that no block has are prepared now, all at once. */
    private void gather(List<CatalogueEntry> entries, float[][] into) {
        List<CatalogueEntry> strangers =
                entries.stream().filter(entry -> entry.number() < 0).toList();
        float[][] prepared = strangers.isEmpty() ? into : split.emptyBlock(strangers.size());
        if (!strangers.isEmpty()) {
            prepare(strangers, prepared);
        }
        int met = 0;
        for (int lane = 0; lane < entries.size(); lane++) {
            int number = entries.get(lane).number();
            if (number < 0) {
                split.copy(prepared, met++, into, lane);
            } else {
                split.copy(blocks[number / Lanes.COUNT], number % Lanes.COUNT, into, lane);
            }
        }
    }
}
