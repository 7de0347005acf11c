package coldstream.model;

import java.util.List;

/** Asks the network itself, with the items' fields pooled once. */
final class NetworkLogits implements ServedLogits {

    /** Rows scored in one pass: enough for the matrices to be worth it, few enough to stay in the cache. */
    private static final int BLOCK = 1024;

    private final Features features;
    private final Pooling pooling;
    private final Network network;
    private final Network.Kept dense;
    private final int dimension;

    /** The items' fields, by catalogue number: (items, item fields, d) and (items, item fields). */
    private final float[] itemFields;

    private final float[] itemLinear;

    NetworkLogits(Features features, Pooling pooling, Network network, Network.Kept dense) {
        this.features = features;
        this.pooling = pooling;
        this.network = network;
        this.dense = dense;
        dimension = features.config().dimension();
        List<CatalogueEntry> entries = features.catalogue().entries();
        int width = Field.ITEM_FIELDS * dimension;
        itemFields = new float[entries.size() * width];
        itemLinear = new float[entries.size() * Field.ITEM_FIELDS];
        for (CatalogueEntry entry : entries) {
            int number = entry.number();
            fields(entry, itemFields, number * width, itemLinear, number * Field.ITEM_FIELDS);
        }
    }

    private void fields(CatalogueEntry entry, float[] into, int from, float[] linear, int linearFrom) {
        int recent = features.recentBucket(entry);
        pooling.item(entry, entry.count(), recent, into, from, linear, linearFrom);
    }

    @Override
    public float[] all(Pooled side, UserSignal signal) {
        return of(side, signal, features.catalogue().entries());
    }

    @Override
    public float[] of(Pooled side, UserSignal signal, List<CatalogueEntry> entries) {
        float[] logits = new float[entries.size()];
        for (int from = 0; from < logits.length; from += BLOCK) {
            List<CatalogueEntry> block = entries.subList(from, Math.min(logits.length, from + BLOCK));
            float[] some = network.logits(dense.tensors, rows(side, signal, block));
            System.arraycopy(some, 0, logits, from, some.length);
        }
        return logits;
    }

    private Pooled rows(Pooled side, UserSignal signal, List<CatalogueEntry> block) {
        int fields = features.fields();
        Pooled rows = new Pooled(block.size(), fields, dimension, side.histories.ofRows(block.size()));
        int width = Field.ITEM_FIELDS * dimension;
        for (int k = 0; k < block.size(); k++) {
            int at = k * fields;
            System.arraycopy(side.features, 0, rows.features, at * dimension, Field.USER_FIELDS * dimension);
            System.arraycopy(side.linear, 0, rows.linear, at, Field.USER_FIELDS);
            int from = at + Field.USER_FIELDS;
            CatalogueEntry entry = block.get(k);
            if (features.teacherField()) {
                pooling.signal(signal.of(entry), rows.features, rows.linear, at);
            }
            int number = entry.number();
            if (number < 0) {
                fields(entry, rows.features, from * dimension, rows.linear, from);
            } else {
                System.arraycopy(itemFields, number * width, rows.features, from * dimension, width);
                System.arraycopy(itemLinear, number * Field.ITEM_FIELDS, rows.linear, from, Field.ITEM_FIELDS);
            }
        }
        return rows;
    }
}
