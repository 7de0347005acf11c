package coldstream.model;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import java.nio.file.Path;
import java.util.List;

/**
 * Scores a user's candidates with the model of one snapshot. Thread-safe; asks no language model: what the residual adds
 * comes from the vectors in the snapshot.
 */
public final class Ranker implements AutoCloseable {

    /** Rows scored in one pass: enough for the matrices to be worth it, few enough to stay in the cache. */
    private static final int BLOCK = 1024;

    private final Features features;
    private final Pooling pooling;
    private final Network network;
    private final Network.Kept dense;
    private final Trust trust;
    private final Runnable closed;
    private final List<CatalogueItem> catalogue;
    private final int dimension;

    /** The items' fields, by catalogue number: (items, item fields, d) and (items, item fields). */
    private final float[] itemFields;

    private final float[] itemLinear;

    /**
     * @param features not written to any more
     * @param parameters copied
     * @param closed run when this is closed
     */
    Ranker(Features features, Network network, DenseParameters parameters, Trust trust, Runnable closed) {
        this.features = features;
        this.network = network;
        this.trust = trust;
        this.closed = closed;
        pooling = new Pooling(features);
        dimension = features.config().dimension();
        dense = network.keep(parameters);
        List<CatalogueEntry> entries = features.catalogue().entries();
        int width = Field.ITEM_FIELDS * dimension;
        itemFields = new float[entries.size() * width];
        itemLinear = new float[entries.size() * Field.ITEM_FIELDS];
        for (CatalogueEntry entry : entries) {
            int number = entry.number();
            pooling.item(
                    entry,
                    entry.count(),
                    features.recentBucket(entry),
                    itemFields,
                    number * width,
                    itemLinear,
                    number * Field.ITEM_FIELDS);
        }
        catalogue = entries.stream()
                .filter(CatalogueEntry::active)
                .map(CatalogueEntry::asItem)
                .toList();
    }

    /** Loads a snapshot folder as a learner's checkpoint wrote it. */
    public static Ranker load(Path snapshot) {
        try (FollowedModel model = FollowedModel.load(snapshot)) {
            return model.ranker();
        }
    }

    /**
     * The served logits, one per item in the order given: backbone plus residual. Unknown users and items are scored by
     * what is known of them: their starting rows.
     */
    public float[] score(UserState state, UserId user, List<ItemId> items) {
        List<CatalogueEntry> history = state.history().stream().map(this::entry).toList();
        List<CatalogueEntry> entries = items.stream().map(this::entry).toList();
        Pooled side = side(user, history, state);
        boolean near = trust.near() || features.teacherField();
        Taste taste = features.text().taste(history, near);
        float[] scores = new float[entries.size()];
        for (int from = 0; from < scores.length; from += BLOCK) {
            List<CatalogueEntry> block = entries.subList(from, Math.min(scores.length, from + BLOCK));
            List<Signal> signals = block.stream().map(taste::signal).toList();
            float[] logits = logits(side, block, signals);
            for (int k = 0; k < logits.length; k++) {
                CatalogueEntry entry = block.get(k);
                scores[from + k] = (float) (logits[k] + trust.add(signals.get(k), state.count(), entry.count()));
            }
        }
        return scores;
    }

    /** The user's fields, and the history item by item if the backbone looks at it. */
    private Pooled side(UserId user, List<CatalogueEntry> history, UserState state) {
        boolean sequence = features.sequence();
        var histories = sequence
                ? new Pooled.Histories(1, features.config().history(), dimension, new int[1])
                : Pooled.Histories.NONE;
        Pooled side = new Pooled(1, features.fields(), dimension, histories);
        int row = features.userIds.find(user.value());
        pooling.user(
                row, user.value(), history, state.count(), state.negatives(), side.features, 0, side.linear, 0);
        pooling.history(history, histories, 0);
        return side;
    }

    private float[] logits(Pooled side, List<CatalogueEntry> block, List<Signal> signals) {
        int fields = features.fields();
        Pooled rows = new Pooled(block.size(), fields, dimension, side.histories.ofRows(block.size()));
        int width = Field.ITEM_FIELDS * dimension;
        for (int k = 0; k < block.size(); k++) {
            int at = k * fields;
            System.arraycopy(side.features, 0, rows.features, at * dimension, Field.USER_FIELDS * dimension);
            System.arraycopy(side.linear, 0, rows.linear, at, Field.USER_FIELDS);
            int from = at + Field.USER_FIELDS;
            pooling.signal(signals.get(k), rows.features, rows.linear, at);
            CatalogueEntry entry = block.get(k);
            int number = entry.number();
            if (number < 0) {
                pooling.item(
                        entry, 0, features.recentBucket(entry), rows.features, from * dimension, rows.linear, from);
            } else {
                System.arraycopy(itemFields, number * width, rows.features, from * dimension, width);
                System.arraycopy(itemLinear, number * Field.ITEM_FIELDS, rows.linear, from, Field.ITEM_FIELDS);
            }
        }
        return network.logits(dense.tensors, rows);
    }

    private CatalogueEntry entry(ItemId item) {
        return features.catalogue().find(item).orElseGet(() -> new CatalogueEntry(-1, item));
    }

    /** Everything that can be recommended: retired items are left out. */
    public List<CatalogueItem> catalogue() {
        return catalogue;
    }

    /** The user's number, which goes to somebody else where rows do; -1 for a user without a row. */
    public int number(UserId user) {
        return features.userIds.find(user.value());
    }

    /** The item of a number, by order of first sight. */
    public ItemId item(int number) {
        return features.catalogue().get(number).item();
    }

    @Override
    public void close() {
        dense.close();
        closed.run();
    }
}
