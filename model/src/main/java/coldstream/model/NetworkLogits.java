package coldstream.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

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

    /** Rows of a whole block, to be used again. */
    private final Queue<Pooled> spare = new ConcurrentLinkedQueue<>();

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
        @Nullable Pooled whole = null;
        for (int from = 0; from < logits.length; from += BLOCK) {
            List<CatalogueEntry> block = entries.subList(from, Math.min(logits.length, from + BLOCK));
            Pooled rows = block.size() == BLOCK && whole != null ? whole : rowsOf(side, block.size());
            for (int k = 0; k < block.size(); k++) {
                item(signal, block.get(k), rows, k);
            }
            whole = block.size() == BLOCK ? rows : whole;
            float[] some = network.logits(dense.tensors, rows);
            System.arraycopy(some, 0, logits, from, some.length);
        }
        if (whole != null) {
            spare.add(whole.of(Pooled.Histories.NONE));
        }
        return logits;
    }

    /** Rows of one user. */
    private Pooled rowsOf(Pooled side, int count) {
        Pooled used = count == BLOCK ? spare.poll() : null;
        Pooled.Histories histories = side.histories.ofRows(count);
        Pooled rows = used == null ? new Pooled(count, features.fields(), dimension, histories) : used.of(histories);
        for (int k = 0; k < count; k++) {
            user(side, rows, k);
        }
        return rows;
    }

    /** Rows of all users together, a block at a time: a pass for few rows costs as much as one for many. */
    @Override
    public List<float[]> each(List<RankedUser> users, List<List<CatalogueEntry>> entries) {
        List<float[]> logits = new ArrayList<>();
        int from = 0;
        while (from < users.size()) {
            int to = from;
            int count = 0;
            do {
                count += entries.get(to++).size();
            } while (to < users.size() && count + entries.get(to).size() <= BLOCK);
            float[] together =
                    network.logits(dense.tensors, rows(users.subList(from, to), entries.subList(from, to), count));
            int at = 0;
            for (int k = from; k < to; k++) {
                int size = entries.get(k).size();
                logits.add(Arrays.copyOfRange(together, at, at + size));
                at += size;
            }
            from = to;
        }
        return logits;
    }

    private Pooled rows(List<RankedUser> users, List<List<CatalogueEntry>> entries, int count) {
        int[] sides = new int[count];
        int row = 0;
        for (int side = 0; side < users.size(); side++) {
            Arrays.fill(sides, row, row + entries.get(side).size(), side);
            row += entries.get(side).size();
        }
        List<Pooled.Histories> histories =
                users.stream().map(user -> user.side.histories).toList();
        Pooled rows = new Pooled(count, features.fields(), dimension, Pooled.Histories.of(histories, dimension, sides));
        row = 0;
        for (int side = 0; side < users.size(); side++) {
            for (CatalogueEntry entry : entries.get(side)) {
                user(users.get(side).side, rows, row);
                item(users.get(side).signal, entry, rows, row++);
            }
        }
        return rows;
    }

    private void user(Pooled side, Pooled rows, int row) {
        int at = row * features.fields();
        System.arraycopy(side.features, 0, rows.features, at * dimension, Field.USER_FIELDS * dimension);
        System.arraycopy(side.linear, 0, rows.linear, at, Field.USER_FIELDS);
    }

    /** Writes what depends on the item over whatever the row held. */
    private void item(UserSignal signal, CatalogueEntry entry, Pooled rows, int row) {
        int width = Field.ITEM_FIELDS * dimension;
        int at = row * features.fields();
        int from = at + Field.USER_FIELDS;
        if (features.teacherField()) {
            int field = at + Field.COUNT;
            Arrays.fill(rows.features, field * dimension, (field + 1) * dimension, 0);
            rows.linear[field] = 0;
            pooling.signal(signal.of(entry), rows.features, rows.linear, at);
        }
        int number = entry.number();
        if (number < 0) {
            Arrays.fill(rows.features, from * dimension, from * dimension + width, 0);
            Arrays.fill(rows.linear, from, from + Field.ITEM_FIELDS, 0);
            fields(entry, rows.features, from * dimension, rows.linear, from);
        } else {
            System.arraycopy(itemFields, number * width, rows.features, from * dimension, width);
            System.arraycopy(itemLinear, number * Field.ITEM_FIELDS, rows.linear, from, Field.ITEM_FIELDS);
        }
    }
}
