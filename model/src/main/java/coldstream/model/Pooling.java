package coldstream.model;

import java.util.List;

/** Makes fields from rows. Pooling is linear, so the way back hands each row its share of the field's gradient. */
final class Pooling {

    private final Features features;
    private final int dimension;

    /** Of the batch before. */
    private Pooled room;

    Pooling(Features features) {
        this.features = features;
        dimension = features.config().dimension();
        room = new Pooled(0, features.fields(), dimension, Pooled.Histories.NONE);
    }

    /** The latest items that are pooled. */
    private List<CatalogueEntry> latest(List<CatalogueEntry> history) {
        return history.subList(first(history.size()), history.size());
    }

    private int first(int size) {
        return Math.max(0, size - features.config().history());
    }

    /** Each item's share in the mean. */
    private float share(int size) {
        return size == 0 ? 0 : 1f / (size - first(size));
    }

    /** Arrays for so many rows, used again by the next batch. */
    Pooled room(int rows, Pooled.Histories histories) {
        room = new Pooled(rows, features.fields(), dimension, histories, room);
        return room;
    }

    /** Puts the rows that the latest items of a history have, and those of their categories, into bags. */
    void put(List<CatalogueEntry> history, Bags items, Bags categories) {
        int size = history.size();
        int first = first(size);
        float share = share(size);
        for (int k = first; k < size; k++) {
            CatalogueEntry item = history.get(k);
            if (item.row >= 0) {
                items.put(item.row, share);
            }
            float each = share / Math.max(1, item.categoryRows.length);
            for (int row : item.categoryRows) {
                categories.put(row, each);
            }
        }
        items.close();
        categories.close();
    }

    /**
     * Writes a user's fields.
     *
     * @param bag of the user's history
     * @param into zeros from the row's first field on, (N, F, d)
     * @param linear zeros from there on, (N, F)
     * @param at place of the row's first field
     */
    void user(
            FeatureBatch.Side side,
            Bags items,
            Bags categories,
            int bag,
            Adder adder,
            float[] into,
            float[] linear,
            int at) {
        int from = at * dimension;
        userRow(side.user(), side.id(), into, from, linear, at);
        List<CatalogueEntry> history = side.history();
        if (items.size(bag) == history.size() - first(history.size())) {
            linear[at + 1] = features.items.pool(items, bag, adder, into, from + dimension);
        } else {
            historyRows(history, into, from + dimension, linear, at + 1);
        }
        linear[at + 2] = features.categories.pool(categories, bag, adder, into, from + 2 * dimension);
        counts(side.count(), side.negatives(), into, from + 3 * dimension, linear, at + 3);
    }

    /**
     * Writes the user's fields.
     *
     * @param userRow or -1 for a user without one, who starts as {@code id} does
     * @param into zeros, from {@code from} on: (user fields, d)
     * @param linear zeros, from {@code linearFrom} on: (user fields)
     */
    void user(
            int userRow,
            String id,
            List<CatalogueEntry> history,
            long count,
            long negatives,
            float[] into,
            int from,
            float[] linear,
            int linearFrom) {
        userRow(userRow, id, into, from, linear, linearFrom);
        historyRows(history, into, from + dimension, linear, linearFrom + 1);
        float share = share(history.size());
        for (CatalogueEntry item : latest(history)) {
            categories(item, share, into, from + 2 * dimension, linear, linearFrom + 2);
        }
        counts(count, negatives, into, from + 3 * dimension, linear, linearFrom + 3);
    }

    private void userRow(int row, String id, float[] into, int from, float[] linear, int at) {
        if (row < 0) {
            features.starts().random("users", id, into, from);
        } else {
            linear[at] = features.users.pool(row, 1, into, from);
        }
    }

    private void historyRows(List<CatalogueEntry> history, float[] into, int from, float[] linear, int at) {
        float share = share(history.size());
        for (CatalogueEntry item : latest(history)) {
            linear[at] += itemRow(item, share, into, from);
        }
    }

    private void counts(long count, long negatives, float[] into, int from, float[] linear, int at) {
        int bucket = Field.bucket(count, Field.USER_BUCKETS);
        linear[at] = features.userCounts.pool(bucket, 1, into, from);
        if (negatives > 0) {
            int likes = Field.USER_BUCKETS + Field.likeBucket(count, negatives);
            linear[at] += features.userCounts.pool(likes, 1, into, from);
        }
    }

    /** As {@link RowTable#glance}, for a user and a history. */
    float glance(int userRow, Bags items, int bag) {
        float seen = userRow < 0 ? 0 : features.users.glance(userRow);
        for (int place = items.from(bag); place < items.to(bag); place++) {
            seen += features.items.glance(items.rows()[place]);
        }
        return seen;
    }

    /**
     * Writes the item's fields; the arrays are as for {@link #user}.
     *
     * @param recent bucket of the recent count, or −1
     */
    void item(CatalogueEntry item, long count, int recent, float[] into, int from, float[] linear, int linearFrom) {
        linear[linearFrom] = itemRow(item, 1, into, from);
        linear[linearFrom + 1] = 0;
        categories(item, 1, into, from + dimension, linear, linearFrom + 1);
        int bucket = Field.bucket(count, Field.ITEM_BUCKETS);
        linear[linearFrom + 2] = features.itemCounts.pool(bucket, 1, into, from + 2 * dimension);
        if (recent >= 0) {
            linear[linearFrom + 2] += features.recentCounts.pool(recent, 1, into, from + 2 * dimension);
        }
    }

    /**
     * Writes {@link Field#TEACHER} if the model has it: on a line between two rows for each of the signal's numbers.
     *
     * @param at place of the row's first field
     */
    void signal(Signal signal, float[] into, float[] linear, int at) {
        if (features.teacherField() && signal.known()) {
            int field = at + Field.COUNT;
            linear[field] =
                    between(0, signal.taste(), into, field) + between(Signal.KNOTS, signal.nearest(), into, field);
        }
    }

    private float between(int first, float value, float[] into, int field) {
        float place = Signal.place(value);
        int below = (int) place;
        float rest = place - below;
        float linear = features.teacher.pool(first + below, 1 - rest, into, field * dimension);
        return rest == 0 ? linear : linear + features.teacher.pool(first + below + 1, rest, into, field * dimension);
    }

    /**
     * The way back of {@link #signal}.
     *
     * @param at number of the row's first field
     */
    void signalBack(StepGradients to, Signal signal, int at) {
        if (features.teacherField() && signal.known()) {
            betweenBack(to, 0, signal.taste(), at + Field.COUNT);
            betweenBack(to, Signal.KNOTS, signal.nearest(), at + Field.COUNT);
        }
    }

    private static void betweenBack(StepGradients to, int first, float value, int field) {
        float place = Signal.place(value);
        int below = (int) place;
        float rest = place - below;
        to.teacher.add(first + below, 1 - rest, field);
        if (rest != 0) {
            to.teacher.add(first + below + 1, rest, field);
        }
    }

    private float itemRow(CatalogueEntry item, float share, float[] into, int from) {
        if (item.row >= 0) {
            return features.items.pool(item.row, share, into, from);
        }
        float[] start = new float[dimension];
        features.starts().item(item, start, 0);
        for (int k = 0; k < dimension; k++) {
            into[from + k] += share * start[k];
        }
        return 0;
    }

    private void categories(CatalogueEntry item, float share, float[] into, int from, float[] linear, int at) {
        float each = share / Math.max(1, item.categoryRows.length);
        for (int row : item.categoryRows) {
            linear[at] += features.categories.pool(row, each, into, from);
        }
    }

    /** Writes the items of side {@code s} one by one, unless histories have no places. */
    void history(List<CatalogueEntry> history, Pooled.Histories into, int s) {
        if (into.places == 0) {
            return;
        }
        int place = s * into.places;
        float[] ignored = new float[1];
        for (CatalogueEntry item : latest(history)) {
            int from = place * 2 * dimension;
            itemRow(item, 1, into.keys, from);
            categories(item, 1, into.keys, from + dimension, ignored, 0);
            into.mask[place++] = 1;
        }
    }

    /** The way back of {@link #history}, of side {@code s}. */
    void historyBack(StepGradients to, List<CatalogueEntry> history, Network.Gradients found, int s) {
        if (!features.sequence()) {
            return;
        }
        int field = found.keys() + s * features.config().history() * 2;
        for (CatalogueEntry item : latest(history)) {
            itemRowBack(to, item, field);
            categoriesBack(to, item, field + 1);
            field += 2;
        }
    }

    /**
     * The way back of {@link #user}; what has no row learns nothing.
     *
     * @param field number of the first of the user's fields
     */
    void userBack(StepGradients to, FeatureBatch.Side side, Bags items, Bags categories, int bag, int field) {
        if (side.user() >= 0) {
            to.users.add(side.user(), 1, field);
        }
        to.items.add(items, bag, field + 1);
        to.categories.add(categories, bag, field + 2);
        to.userCounts.add(Field.bucket(side.count(), Field.USER_BUCKETS), 1, field + 3);
        if (side.negatives() > 0) {
            int likes = Field.USER_BUCKETS + Field.likeBucket(side.count(), side.negatives());
            to.userCounts.add(likes, 1, field + 3);
        }
    }

    /**
     * The way back of {@link #item}.
     *
     * @param field number of the first of the item's fields
     */
    void itemBack(StepGradients to, CatalogueEntry item, long count, int recent, int field) {
        itemRowBack(to, item, field);
        categoriesBack(to, item, field + 1);
        to.itemCounts.add(Field.bucket(count, Field.ITEM_BUCKETS), 1, field + 2);
        if (recent >= 0) {
            to.recentCounts.add(recent, 1, field + 2);
        }
    }

    private static void itemRowBack(StepGradients to, CatalogueEntry item, int field) {
        if (item.row >= 0) {
            to.items.add(item.row, 1, field);
        }
    }

    private static void categoriesBack(StepGradients to, CatalogueEntry item, int field) {
        float each = 1f / Math.max(1, item.categoryRows.length);
        for (int row : item.categoryRows) {
            to.categories.add(row, each, field);
        }
    }
}
