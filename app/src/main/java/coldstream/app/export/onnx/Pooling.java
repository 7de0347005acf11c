package coldstream.app.export.onnx;

import coldstream.model.Field;
import coldstream.model.ServedItem;
import coldstream.model.ServedModel;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Makes the fields of a request from tables of rows. A row is w numbers: d factors and, for some backbones, a linear weight. */
final class Pooling {

    /** Fields that depend on the user alone. */
    private static final int USER_FIELDS = 4;

    private final Graph graph;
    private final Operations operations;
    private final ServedModel model;
    private final int dimension;

    Pooling(Graph graph, Operations operations, ServedModel model) {
        this.graph = graph;
        this.operations = operations;
        this.model = model;
        dimension = model.shape().dimension();
        graph.table("users.rows", model.users(), 1);
        graph.table("items.rows", model.itemRows(), 2);
        graph.table("categories.rows", model.categories(), 1);
        graph.table("user_counts.rows", model.userCounts(), 1);
        graph.table("item_counts.rows", model.itemCounts());
        categoryTables();
        ofItems("items.count", ServedItem::countBucket);
        if (model.recentCounts().rows() > 0) {
            graph.table("recent_counts.rows", model.recentCounts());
            ofItems("items.recent", ServedItem::recentBucket);
        }
    }

    /** A whole number of every item; 0 for those without a name. */
    private void ofItems(String name, ToIntFunction<ServedItem> number) {
        long[] numbers = new long[model.items().size() + 2];
        for (int k = 0; k < model.items().size(); k++) {
            numbers[k] = number.applyAsInt(model.items().get(k));
        }
        graph.longs(name, List.of(numbers.length), numbers);
    }

    /** The rows of each item's categories, filled up with a row of zeros, and what each weighs in their mean. */
    private void categoryTables() {
        int most = ServedItem.MAX_CATEGORIES;
        int items = model.items().size() + 2;
        long[] rows = new long[items * most];
        float[] shares = new float[items];
        Arrays.fill(rows, model.categories().rows());
        for (int k = 0; k < model.items().size(); k++) {
            List<Integer> taken = model.items().get(k).categoryRows();
            for (int c = 0; c < taken.size(); c++) {
                rows[k * most + c] = taken.get(c);
            }
            shares[k] = 1f / Math.max(1, taken.size());
        }
        graph.longs("items.categories", List.of(items, most), rows);
        graph.floats("items.category_share", List.of(items, 1), shares);
    }

    /** @param signal the last field of each candidate, shape (N, w), where the model has it */
    Fields fields(Request request, Optional<String> signal) {
        String latest = request.latest(operations, model.shape().history());
        String nothing = operations.equal(latest, graph.numbers(model.items().size() + 1L));
        String mask = operations.expand(operations.floats(operations.apply("Not", nothing)), 0);
        String length = operations.sum(mask, 1);
        String shares = operations.divide(mask, graph.node("Max", List.of(length, graph.number(1))));

        String historyRows = operations.rows("items.rows", latest);
        String historyCategories = categories(latest);
        String user = stack(
                operations.rows("users.rows", request.user()),
                operations.matrixProduct(shares, historyRows),
                operations.matrixProduct(shares, historyCategories),
                operations.add(
                        operations.rows("user_counts.rows", userBucket(request.count())),
                        operations.rows("user_counts.rows", likeBucket(request))));
        String candidates = request.candidates();
        String rows = operations.rows("items.rows", candidates);
        String rowCategories = categories(candidates);
        String item = stack(rows, rowCategories, counts(candidates));

        String many = graph.node("Shape", List.of(candidates));
        String shape = operations.join(0, many, graph.numbers(USER_FIELDS, width()));
        String all = operations.join(1, graph.node("Expand", List.of(user, shape)), item);
        if (signal.isPresent()) {
            all = operations.join(1, all, operations.expand(signal.get(), 1));
        }
        String features = factors(all, 2);
        return new Fields(
                features,
                operations.reshape(features, -1, (long) model.shape().fields() * dimension),
                model.shape().linear()
                        ? operations.squeeze(operations.slice(all, 2, dimension, dimension + 1L), 2)
                        : "",
                operations.join(1, factors(rows, 1), factors(rowCategories, 1)),
                operations.join(1, factors(historyRows, 1), factors(historyCategories, 1)),
                mask,
                length);
    }

    /** The last field of candidates of whom nothing is known: zeros, (N, w). */
    String noSignal(Request request) {
        String rows = operations.rows("items.rows", request.candidates());
        return operations.multiply(rows, graph.number(0));
    }

    /** Values (n, w) as fields side by side: (n, count, w). */
    private String stack(String... fields) {
        return operations.join(
                1,
                Arrays.stream(fields).map(field -> operations.expand(field, 1)).toArray(String[]::new));
    }

    private long width() {
        return dimension + (model.shape().linear() ? 1L : 0L);
    }

    /** Without the linear weight. */
    private String factors(String rows, int axis) {
        return model.shape().linear() ? operations.slice(rows, axis, 0, dimension) : rows;
    }

    /** The mean category row of items, (n, w). */
    private String categories(String items) {
        String rows = operations.rows("categories.rows", operations.rows("items.categories", items));
        return operations.multiply(operations.sumAway(rows, 1), operations.rows("items.category_share", items));
    }

    private String counts(String items) {
        String counts = operations.rows("item_counts.rows", operations.rows("items.count", items));
        return model.recentCounts().rows() > 0
                ? operations.add(counts, operations.rows("recent_counts.rows", operations.rows("items.recent", items)))
                : counts;
    }

    /** ⌊2 log₂(1 + n)⌋, at most the last bucket: bucket b begins where (1 + n)² reaches 2^b. */
    private String userBucket(String count) {
        String bounded = graph.node("Min", List.of(count, graph.numbers(1L << 30)));
        String more = operations.add(bounded, graph.numbers(1));
        long[] marks = new long[Field.USER_BUCKETS - 1];
        Arrays.setAll(marks, bucket -> 1L << (bucket + 1));
        return operations.marksReached(operations.multiply(more, more), marks);
    }

    /**
     * Behind the buckets of counts: level ⌊16 (p + 1) / (p + n + 2)⌋ of p positives and n negatives, among users of fewer than 5
     * events, fewer than 20, or more; a row of zeros for those without negatives.
     */
    private String likeBucket(Request request) {
        String events = operations.add(request.count(), request.negatives());
        String level = graph.node(
                "Min",
                List.of(
                        operations.divide(
                                operations.multiply(
                                        operations.add(request.count(), graph.numbers(1)),
                                        graph.numbers(Field.LIKE_LEVELS)),
                                operations.add(events, graph.numbers(2))),
                        graph.numbers(Field.LIKE_LEVELS - 1)));
        String evidence = operations.multiply(operations.marksReached(events, 5, 20), graph.numbers(Field.LIKE_LEVELS));
        String bucket = operations.add(operations.add(evidence, level), graph.numbers(Field.USER_BUCKETS));
        String any = graph.node("Greater", List.of(request.negatives(), graph.numbers(0)));
        String zeros = graph.numbers(model.userCounts().rows());
        return graph.node("Where", List.of(any, bucket, zeros));
    }
}
