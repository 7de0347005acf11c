package coldstream.model;

import coldstream.model.FeatureBatch.Row;
import coldstream.model.FeatureBatch.Side;
import java.util.Arrays;

/**
 * Some sides of a batch with their rows. Which table rows a history is made of is put down once, as numbers: the way there and
 * the way back follow them and touch no item.
 */
final class BatchPart {

    private final FeatureBatch batch;
    private final Features features;
    private final int from;
    private final int to;
    private final Bags items;
    private final Bags categories;

    /** Kept so that looking at rows ahead is not optimised away. */
    float seen;

    /** Sides {@code from} to {@code to}, the last left out. */
    BatchPart(FeatureBatch batch, Features features, int from, int to) {
        this.batch = batch;
        this.features = features;
        this.from = from;
        this.to = to;
        int pooled = 0;
        for (int s = from; s < to; s++) {
            pooled += batch.side(s).history().size();
        }
        items = new Bags(to - from, pooled);
        categories = new Bags(to - from, 3 * pooled);
    }

    /** Writes the fields of all rows. */
    void pool(Pooling pooling, Pooled into) {
        for (int s = from; s < to; s++) {
            pooling.put(batch.side(s).history(), items, categories);
        }
        Adder adder = new Adder(features.config().dimension());
        for (int s = from; s < to; s++) {
            Side side = batch.side(s);
            seen += pooling.glance(side.user(), items, s - from);
            for (int k = 0; k < side.rows().size(); k++) {
                pool(pooling, adder, s, k, into);
            }
            pooling.history(side.history(), into.histories, s);
        }
    }

    /** The {@code k}-th row of a side. The user's fields are made in the first and copied to the others. */
    private void pool(Pooling pooling, Adder adder, int s, int k, Pooled into) {
        Side side = batch.side(s);
        int d = features.config().dimension();
        int r = side.rows().getInt(k);
        int at = r * features.fields();
        Arrays.fill(into.features, at * d, (at + features.fields()) * d, 0);
        Arrays.fill(into.linear, at, at + features.fields(), 0);
        if (k == 0) {
            pooling.user(side, items, categories, s - from, adder, into.features, into.linear, at);
        } else {
            int first = side.rows().getInt(0) * features.fields();
            System.arraycopy(into.features, first * d, into.features, at * d, Field.USER_FIELDS * d);
            System.arraycopy(into.linear, first, into.linear, at, Field.USER_FIELDS);
        }
        Row row = batch.row(r);
        int item = at + Field.USER_FIELDS;
        pooling.item(row.item(), row.count(), row.recent(), into.features, item * d, into.linear, item);
        pooling.signal(row.signal(), into.features, into.linear, at);
    }

    /** Hands the gradients of fields back to the rows they are made of. */
    void back(Pooling pooling, Network.Gradients found, StepGradients into) {
        for (int s = from; s < to; s++) {
            Side side = batch.side(s);
            for (int k = 0; k < side.rows().size(); k++) {
                int r = side.rows().getInt(k);
                Row row = batch.row(r);
                int field = found.field(r, 0);
                pooling.itemBack(into, row.item(), row.count(), row.recent(), field + Field.USER_FIELDS);
                pooling.signalBack(into, row.signal(), field);
            }
            if (!side.rows().isEmpty()) {
                int field = found.field(side.rows().getInt(0), 0);
                pooling.userBack(into, side, items, categories, s - from, field);
            }
            pooling.historyBack(into, side.history(), found, s);
        }
    }
}
