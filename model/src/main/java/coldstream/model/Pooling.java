package coldstream.model;

import java.util.List;

/** Makes fields from rows. Pooling is linear, so the way back hands each row its share of the field's gradient. */
final class Pooling {

    private final Features features;
    private final int dimension;

    Pooling(Features features) {
        this.features = features;
        dimension = features.config().dimension();
    }

    /** The latest items that are pooled. */
    private List<CatalogueEntry> latest(List<CatalogueEntry> history) {
        int size = history.size();
        return history.subList(Math.max(0, size - features.config().history()), size);
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
        if (userRow < 0) {
            features.starts().random("users", id, into, from);
        } else {
            linear[linearFrom] = features.users.pool(userRow, 1, into, from);
        }
        List<CatalogueEntry> latest = latest(history);
        float share = latest.isEmpty() ? 0 : 1f / latest.size();
        for (CatalogueEntry item : latest) {
            linear[linearFrom + 1] += itemRow(item, share, into, from + dimension);
            linear[linearFrom + 2] += categories(item, share, into, from + 2 * dimension);
        }
        int bucket = Field.bucket(count, Field.USER_BUCKETS);
        linear[linearFrom + 3] = features.userCounts.pool(bucket, 1, into, from + 3 * dimension);
        if (negatives > 0) {
            int likes = Field.USER_BUCKETS + Field.likeBucket(count, negatives);
            linear[linearFrom + 3] += features.userCounts.pool(likes, 1, into, from + 3 * dimension);
        }
    }

    /** As {@link RowTable#glance}, for a user and a history. */
    float glance(int userRow, List<CatalogueEntry> history) {
        float seen = userRow < 0 ? 0 : features.users.glance(userRow);
        for (CatalogueEntry item : latest(history)) {
            if (item.row >= 0) {
                seen += features.items.glance(item.row);
            }
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
        linear[linearFrom + 1] = categories(item, 1, into, from + dimension);
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

    /** The way back of {@link #signal}. */
    void signalBack(StepGradients to, Signal signal, float[] gradient, float[] linear, int at) {
        if (features.teacherField() && signal.known()) {
            int field = at + Field.COUNT;
            betweenBack(to, 0, signal.taste(), gradient, linear, field);
            betweenBack(to, Signal.KNOTS, signal.nearest(), gradient, linear, field);
        }
    }

    private void betweenBack(StepGradients to, int first, float value, float[] gradient, float[] linear, int field) {
        float place = Signal.place(value);
        int below = (int) place;
        float rest = place - below;
        to.teacher.add(first + below, 1 - rest, gradient, field * dimension, linear[field]);
        if (rest != 0) {
            to.teacher.add(first + below + 1, rest, gradient, field * dimension, linear[field]);
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

    private float categories(CatalogueEntry item, float share, float[] into, int from) {
        float linear = 0;
        float each = share / Math.max(1, item.categoryRows.length);
        for (int row : item.categoryRows) {
            linear += features.categories.pool(row, each, into, from);
        }
        return linear;
    }

    /** Writes the items of side {@code s} one by one, unless histories have no places. */
    void history(List<CatalogueEntry> history, Pooled.Histories into, int s) {
        if (into.places == 0) {
            return;
        }
        int place = s * into.places;
        for (CatalogueEntry item : latest(history)) {
            int from = place * 2 * dimension;
            itemRow(item, 1, into.keys, from);
            categories(item, 1, into.keys, from + dimension);
            into.mask[place++] = 1;
        }
    }

    /**
     * The way back of {@link #history} to items.
     *
     * @param keys gradient of the keys, (S, T, 2 d); empty where histories have no places
     */
    void historyBack(StepGradients to, List<CatalogueEntry> history, float[] keys, int s) {
        if (keys.length == 0) {
            return;
        }
        int from = s * features.config().history() * 2 * dimension;
        for (CatalogueEntry item : latest(history)) {
            itemRowBack(to, item, 1, keys, from, 0);
            from += 2 * dimension;
        }
    }

    /** The way back of {@link #history} to categories. */
    void historyCategoriesBack(StepGradients to, List<CatalogueEntry> history, float[] keys, int s) {
        if (keys.length == 0) {
            return;
        }
        int from = s * features.config().history() * 2 * dimension;
        for (CatalogueEntry item : latest(history)) {
            categoriesBack(to, item, 1, keys, from + dimension, 0);
            from += 2 * dimension;
        }
    }

    /** The way back of {@link #user} to all but categories; what has no row learns nothing. */
    void userBack(
            StepGradients to,
            int userRow,
            List<CatalogueEntry> history,
            long count,
            long negatives,
            float[] gradient,
            int from,
            float[] linear,
            int linearFrom) {
        if (userRow >= 0) {
            to.users.add(userRow, 1, gradient, from, linear[linearFrom]);
        }
        List<CatalogueEntry> latest = latest(history);
        float share = latest.isEmpty() ? 0 : 1f / latest.size();
        for (CatalogueEntry item : latest) {
            itemRowBack(to, item, share, gradient, from + dimension, linear[linearFrom + 1]);
        }
        int bucket = Field.bucket(count, Field.USER_BUCKETS);
        to.userCounts.add(bucket, 1, gradient, from + 3 * dimension, linear[linearFrom + 3]);
        if (negatives > 0) {
            int likes = Field.USER_BUCKETS + Field.likeBucket(count, negatives);
            to.userCounts.add(likes, 1, gradient, from + 3 * dimension, linear[linearFrom + 3]);
        }
    }

    /** The way back of {@link #user} to categories. */
    void userCategoriesBack(
            StepGradients to,
            List<CatalogueEntry> history,
            float[] gradient,
            int from,
            float[] linear,
            int linearFrom) {
        List<CatalogueEntry> latest = latest(history);
        float share = latest.isEmpty() ? 0 : 1f / latest.size();
        for (CatalogueEntry item : latest) {
            categoriesBack(to, item, share, gradient, from + 2 * dimension, linear[linearFrom + 2]);
        }
    }

    /** The way back of {@link #item} to all but categories. */
    void itemBack(
            StepGradients to,
            CatalogueEntry item,
            long count,
            int recent,
            float[] gradient,
            int from,
            float[] linear,
            int linearFrom) {
        itemRowBack(to, item, 1, gradient, from, linear[linearFrom]);
        int bucket = Field.bucket(count, Field.ITEM_BUCKETS);
        to.itemCounts.add(bucket, 1, gradient, from + 2 * dimension, linear[linearFrom + 2]);
        if (recent >= 0) {
            to.recentCounts.add(recent, 1, gradient, from + 2 * dimension, linear[linearFrom + 2]);
        }
    }

    /** The way back of {@link #item} to categories. */
    void itemCategoriesBack(
            StepGradients to, CatalogueEntry item, float[] gradient, int from, float[] linear, int linearFrom) {
        categoriesBack(to, item, 1, gradient, from + dimension, linear[linearFrom + 1]);
    }

    private static void itemRowBack(
            StepGradients to, CatalogueEntry item, float share, float[] gradient, int from, float linear) {
        if (item.row >= 0) {
            to.items.add(item.row, share, gradient, from, linear);
        }
    }

    private static void categoriesBack(
            StepGradients to, CatalogueEntry item, float share, float[] gradient, int from, float linear) {
        float each = share / Math.max(1, item.categoryRows.length);
        for (int row : item.categoryRows) {
            to.categories.add(row, each, gradient, from, linear);
        }
    }
}
