package coldstream.model;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows to score: pairs of a user's side and an item. A side is pooled once, however many items it meets, and its gradient is
 * gathered from all of them before it is handed back.
 */
public final class FeatureBatch {

    /**
     * @param id of the user; not needed for one with a row
     * @param rows numbers of the rows that belong to it
     */
    private record Side(
            int user, String id, List<CatalogueEntry> history, long count, long negatives, IntArrayList rows) {}

    /** @param recent bucket of the item's recent count when the row was added */
    private record Row(int side, CatalogueEntry item, long count, int recent, Signal signal) {}

    private final Features features;
    private final List<Side> sides = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** Kept so that looking at rows ahead is not optimised away. */
    float seen;

    public FeatureBatch(Features features) {
        this.features = features;
    }

    /**
     * Adds a user with a row as of one moment.
     *
     * @param user number of the user
     * @param history newest last
     * @param count positives of the user by then
     * @return number of the side
     */
    public int side(int user, List<CatalogueEntry> history, long count) {
        return side(user, "", history, count);
    }

    /**
     * Adds a user as of one moment.
     *
     * @param user number of the user, or -1 for one without a row, whose field is what the row of {@code id} would start as
     */
    public int side(int user, String id, List<CatalogueEntry> history, long count) {
        return side(user, id, history, count, 0);
    }

    /**
     * As {@link #side(int, String, List, long)}, for a user who refused something.
     *
     * @param negatives events of the user labelled 0; 0 says that there were none, or that nobody knows
     */
    public int side(int user, String id, List<CatalogueEntry> history, long count, long negatives) {
        if (user >= 0) {
            features.touchUser(user);
        }
        history.forEach(features::ensureRow);
        sides.add(new Side(user, id, history, count, negatives, new IntArrayList(4)));
        return sides.size() - 1;
    }

    /**
     * Adds a row.
     *
     * @param count positives of the item by then
     * @return number of the row
     */
    public int row(int side, CatalogueEntry item, long count) {
        return row(side, item, count, Signal.NONE);
    }

    /**
     * Adds a row.
     *
     * @param count positives of the item by then
     * @param signal looked at by models with a field for it
     * @return number of the row
     */
    public int row(int side, CatalogueEntry item, long count, Signal signal) {
        features.ensureRow(item);
        sides.get(side).rows.add(rows.size());
        rows.add(new Row(side, item, count, features.recentBucket(item), signal));
        return rows.size() - 1;
    }

    /** Rows, N. */
    public int size() {
        return rows.size();
    }

    /**
     * What a row was made of.
     *
     * @param history newest last
     */
    public record Origin(int user, List<CatalogueEntry> history, long userCount, CatalogueEntry item, long itemCount) {}

    /** What this row was made of. */
    public Origin origin(int row) {
        Row one = rows.get(row);
        Side side = sides.get(one.side);
        return new Origin(side.user, side.history, side.count, one.item, one.count);
    }

    /** Everything the backbone sees, as arrays. */
    Pooled pool(Pooling pooling, Crew crew) {
        Pooled pooled =
                new Pooled(rows.size(), features.fields(), features.config().dimension(), histories());
        int half = sides.size() / 2;
        float[] glanced = new float[2];
        crew.both(
                () -> glanced[0] = pool(pooling, 0, half, pooled),
                () -> glanced[1] = pool(pooling, half, sides.size(), pooled));
        seen = glanced[0] + glanced[1];
        return pooled;
    }

    private float pool(Pooling pooling, int from, int to, Pooled into) {
        float glanced = 0;
        for (int s = from; s < to; s++) {
            Side side = sides.get(s);
            glanced += pooling.glance(side.user, side.history);
            for (int k = 0; k < side.rows.size(); k++) {
                pool(pooling, side, k, into);
            }
            pooling.history(side.history, into.histories, s);
        }
        return glanced;
    }

    /** The {@code k}-th row of a side. The user's fields are made in the first and copied to the others. */
    private void pool(Pooling pooling, Side side, int k, Pooled into) {
        int d = features.config().dimension();
        int at = side.rows.getInt(k) * features.fields();
        if (k == 0) {
            pooling.user(
                    side.user,
                    side.id,
                    side.history,
                    side.count,
                    side.negatives,
                    into.features,
                    at * d,
                    into.linear,
                    at);
        } else {
            int first = side.rows.getInt(0) * features.fields();
            System.arraycopy(into.features, first * d, into.features, at * d, Field.USER_FIELDS * d);
            System.arraycopy(into.linear, first, into.linear, at, Field.USER_FIELDS);
        }
        Row row = rows.get(side.rows.getInt(k));
        int from = at + Field.USER_FIELDS;
        pooling.item(row.item, row.count, row.recent, into.features, from * d, into.linear, from);
        pooling.signal(row.signal, into.features, into.linear, at);
    }

    private Pooled.Histories histories() {
        if (!features.sequence()) {
            return Pooled.Histories.NONE;
        }
        int[] sideOfRow = rows.stream().mapToInt(Row::side).toArray();
        return new Pooled.Histories(
                sides.size(), features.config().history(), features.config().dimension(), sideOfRow);
    }

    /** Hands the gradient of {@link #pool}'s tensors back to the rows. */
    void scatter(Pooling pooling, Crew crew, Network.Gradients found, StepGradients to) {
        float[] keys = found.keys().values;
        crew.both(
                () -> scatter(found, new Receiver() {
                    @Override
                    public void row(Row row, int at, float[] gradient, float[] linear) {
                        int from = at + Field.USER_FIELDS;
                        pooling.itemBack(to, row.item, row.count, row.recent, gradient, from * d(), linear, from);
                        pooling.signalBack(to, row.signal, gradient, linear, at);
                    }

                    @Override
                    public void side(Side side, int s, float[] gradient, float[] linear) {
                        pooling.userBack(
                                to, side.user, side.history, side.count, side.negatives, gradient, 0, linear, 0);
                        pooling.historyBack(to, side.history, keys, s);
                    }
                }),
                () -> scatter(found, new Receiver() {
                    @Override
                    public void row(Row row, int at, float[] gradient, float[] linear) {
                        int from = at + Field.USER_FIELDS;
                        pooling.itemCategoriesBack(to, row.item, gradient, from * d(), linear, from);
                    }

                    @Override
                    public void side(Side side, int s, float[] gradient, float[] linear) {
                        pooling.userCategoriesBack(to, side.history, gradient, 0, linear, 0);
                        pooling.historyCategoriesBack(to, side.history, keys, s);
                    }
                }));
    }

    private int d() {
        return features.config().dimension();
    }

    /** Takes gradients in the order of sides and, within a side, of rows. */
    private interface Receiver {

        /** @param at place of the row's first field */
        void row(Row row, int at, float[] gradient, float[] linear);

        /** @param gradient of the user's fields, summed over the side's rows */
        void side(Side side, int s, float[] gradient, float[] linear);
    }

    private void scatter(Network.Gradients found, Receiver to) {
        float[] gradient = found.features().values;
        float[] linear = found.linear().values;
        float[] ofSide = new float[Field.USER_FIELDS * d()];
        float[] linearOfSide = new float[Field.USER_FIELDS];
        for (int s = 0; s < sides.size(); s++) {
            Side side = sides.get(s);
            Arrays.fill(ofSide, 0);
            Arrays.fill(linearOfSide, 0);
            for (int k = 0; k < side.rows.size(); k++) {
                int r = side.rows.getInt(k);
                int at = r * features.fields();
                add(gradient, at * d(), ofSide);
                add(linear, at, linearOfSide);
                to.row(rows.get(r), at, gradient, linear);
            }
            to.side(side, s, ofSide, linearOfSide);
        }
    }

    private static void add(float[] from, int offset, float[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] += from[offset + k];
        }
    }
}
