package coldstream.model;

import java.util.Arrays;
import java.util.List;

/** Asks {@link SplitDcnV2}, with every item of the catalogue prepared. */
final class SplitLogits implements ServedLogits {

    private final Features features;
    private final Pooling pooling;
    private final SplitDcnV2 split;

    /** Items by number, {@value Lanes#COUNT} a block. */
    private final float[][][] blocks;

    SplitLogits(Features features, Pooling pooling, SplitDcnV2 split) {
        this.features = features;
        this.pooling = pooling;
        this.split = split;
        List<CatalogueEntry> entries = features.catalogue().entries();
        blocks = new float[(entries.size() + Lanes.COUNT - 1) / Lanes.COUNT][][];
        for (int block = 0; block < blocks.length; block++) {
            int from = block * Lanes.COUNT;
            blocks[block] = prepared(entries.subList(from, Math.min(entries.size(), from + Lanes.COUNT)));
        }
    }

    private float[][] prepared(List<CatalogueEntry> entries) {
        float[][] block = split.emptyBlock();
        float[] fields = new float[Field.ITEM_FIELDS * features.config().dimension()];
        for (int lane = 0; lane < entries.size(); lane++) {
            CatalogueEntry entry = entries.get(lane);
            Arrays.fill(fields, 0);
            int recent = features.recentBucket(entry);
            pooling.item(entry, entry.count(), recent, fields, 0, new float[Field.ITEM_FIELDS], 0);
            split.put(fields, block, lane);
        }
        split.prepare(block);
        return block;
    }

    @Override
    public float[] all(Pooled side, UserSignal signal) {
        float[] logits = new float[features.catalogue().size()];
        SplitDcnV2.Asking asking = split.new Asking(side.features);
        float[] some = new float[Lanes.COUNT];
        for (int block = 0; block < blocks.length; block++) {
            asking.logits(blocks[block], some);
            int from = block * Lanes.COUNT;
            System.arraycopy(some, 0, logits, from, Math.min(Lanes.COUNT, logits.length - from));
        }
        return logits;
    }

    @Override
    public float[] of(Pooled side, UserSignal signal, List<CatalogueEntry> entries) {
        float[] logits = new float[entries.size()];
        SplitDcnV2.Asking asking = split.new Asking(side.features);
        float[][] block = split.emptyBlock();
        float[] some = new float[Lanes.COUNT];
        for (int from = 0; from < logits.length; from += Lanes.COUNT) {
            int size = Math.min(Lanes.COUNT, logits.length - from);
            gather(entries.subList(from, from + size), block);
            asking.logits(block, some);
            System.arraycopy(some, 0, logits, from, size);
        }
        return logits;
    }

    /** Brings entries together in a block; those that no block has are prepared now, all at once. */
    private void gather(List<CatalogueEntry> entries, float[][] into) {
        List<CatalogueEntry> strangers =
                entries.stream().filter(entry -> entry.number() < 0).toList();
        float[][] prepared = strangers.isEmpty() ? into : prepared(strangers);
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
