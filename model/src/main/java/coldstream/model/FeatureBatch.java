package coldstream.model;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.ArrayList;
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
    record Side(int user, String id, List<CatalogueEntry> history, long count, long negatives, IntArrayList rows) {}

    /** @param recent bucket of the item's recent count when the row was added */
    record Row(int side, CatalogueEntry item, long count, int recent, Signal signal) {}

    private final Features features;
    private final List<Side> sides = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** What was pooled last. */
    private List<BatchPart> parts = List.of();

    /** Rows to be added up, about. */
    private int work;

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
        work += 4 * Math.min(history.size(), features.config().history());
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

    Side side(int number) {
        return sides.get(number);
    }

    Row row(int number) {
        return rows.get(number);
    }

    /** Everything the backbone sees, as arrays that are good until the next batch is pooled. */
    Pooled pool(Pooling pooling, Crew crew) {
        Pooled pooled = pooling.room(rows.size(), histories());
        int half = sides.size() / 2;
        BatchPart one = new BatchPart(this, features, 0, half);
        BatchPart other = new BatchPart(this, features, half, sides.size());
        crew.both(work, () -> one.pool(pooling, pooled), () -> other.pool(pooling, pooled));
        parts = List.of(one, other);
        return pooled;
    }

    private Pooled.Histories histories() {
        if (!features.sequence()) {
            return Pooled.Histories.NONE;
        }
        int[] sideOfRow = rows.stream().mapToInt(Row::side).toArray();
        return new Pooled.Histories(
                sides.size(), features.config().history(), features.config().dimension(), sideOfRow);
    }

    /** Hands the gradient of what was pooled last back to the rows. A side's gradient is gathered in its first row. */
    void scatter(Pooling pooling, Network.Gradients found, StepGradients to) {
        for (Side side : sides) {
            for (int k = 1; k < side.rows.size(); k++) {
                for (int field = 0; field < Field.USER_FIELDS; field++) {
                    to.fields.add(found.field(side.rows.getInt(k), field), found.field(side.rows.getInt(0), field));
                }
            }
        }
        parts.forEach(part -> part.back(pooling, found, to));
    }
}
