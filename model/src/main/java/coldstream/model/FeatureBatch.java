package coldstream.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows to score: pairs of a user's side and an item. A side is pooled once, however many items it meets, and its gradient is
 * gathered from all of them before it is handed back.
 */
public final class FeatureBatch {

    /** @param id of the user; not needed for one with a row */
    private record Side(int user, String id, List<CatalogueEntry> history, long count) {}

    private record Row(int side, CatalogueEntry item, long count) {}

    private final Features features;
    private final List<Side> sides = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

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
        if (user >= 0) {
            features.touchUser(user);
        }
        history.forEach(features::ensureRow);
        sides.add(new Side(user, id, history, count));
        return sides.size() - 1;
    }

    /**
     * Adds a row.
     *
     * @param count positives of the item by then
     * @return number of the row
     */
    public int row(int side, CatalogueEntry item, long count) {
        features.ensureRow(item);
        rows.add(new Row(side, item, count));
        return rows.size() - 1;
    }

    /** Rows, N. */
    public int size() {
        return rows.size();
    }

    /** Everything the backbone sees, as arrays. */
    Pooled pool(Pooling pooling) {
        int d = features.config().dimension();
        Pooled sideTensors = new Pooled(sides.size(), d, Pooled.Histories.NONE);
        Pooled.Histories histories = histories();
        for (int s = 0; s < sides.size(); s++) {
            Side side = sides.get(s);
            pooling.user(
                    side.user,
                    side.id,
                    side.history,
                    side.count,
                    sideTensors.features,
                    s * Field.COUNT * d,
                    sideTensors.linear,
                    s * Field.COUNT);
            pooling.history(side.history, histories, s);
        }
        Pooled tensors = new Pooled(rows.size(), d, histories);
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            int at = r * Field.COUNT;
            int side = row.side * Field.COUNT;
            System.arraycopy(sideTensors.features, side * d, tensors.features, at * d, Field.USER_FIELDS * d);
            System.arraycopy(sideTensors.linear, side, tensors.linear, at, Field.USER_FIELDS);
            int from = at + Field.USER_FIELDS;
            pooling.item(row.item, row.count, tensors.features, from * d, tensors.linear, from);
        }
        return tensors;
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
    void scatter(Pooling pooling, Network.Gradients found, StepGradients to) {
        int d = features.config().dimension();
        float[] gradient = found.features().values;
        float[] linear = found.linear().values;
        Pooled sideGradients = new Pooled(sides.size(), d, Pooled.Histories.NONE);
        for (int r = 0; r < rows.size(); r++) {
            Row row = rows.get(r);
            int at = r * Field.COUNT;
            int side = row.side * Field.COUNT;
            for (int k = 0; k < Field.USER_FIELDS * d; k++) {
                sideGradients.features[side * d + k] += gradient[at * d + k];
            }
            for (int k = 0; k < Field.USER_FIELDS; k++) {
                sideGradients.linear[side + k] += linear[at + k];
            }
            int from = at + Field.USER_FIELDS;
            pooling.itemBack(to, row.item, row.count, gradient, from * d, linear, from);
        }
        for (int s = 0; s < sides.size(); s++) {
            Side side = sides.get(s);
            pooling.userBack(
                    to,
                    side.user,
                    side.history,
                    side.count,
                    sideGradients.features,
                    s * Field.COUNT * d,
                    sideGradients.linear,
                    s * Field.COUNT);
            pooling.historyBack(to, side.history, found.keys().values, s);
        }
    }
}
