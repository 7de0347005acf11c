package coldstream.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Everything one step adds up before it updates: gradients of rows and of dense parameters. */
final class StepGradients {

    /** Pieces a thread takes at a time. */
    private static final int SHARE = 2048;

    /** What passes found of fields; rows have shares in it. */
    final FieldGradients fields;

    final RowGradients users;
    final RowGradients items;
    final RowGradients categories;
    final RowGradients userCounts;
    final RowGradients itemCounts;
    final RowGradients recentCounts;
    final RowGradients teacher;

    /** By the names of {@link Features#tables}. */
    private final Map<String, RowGradients> rows = new LinkedHashMap<>();

    /** What to do about rows, in parts that do not touch each other; empty until rows are added up. */
    private final List<Part> parts = new ArrayList<>();

    private final List<float[]> dense;
    private double denseNorm;

    /** Whether nothing was gathered; {@link #dense} then holds what is left of an earlier step. */
    boolean empty = true;

    /** Some slots of a table. */
    private record Part(String table, RowGradients rows, int from, int to) {}

    StepGradients(Features features, DenseParameters parameters) {
        fields = new FieldGradients(features.config().dimension());
        features.tables().keySet().forEach(name -> rows.put(name, new RowGradients(fields)));
        users = of("users");
        items = of("items");
        categories = of("categories");
        userCounts = of("user_counts");
        itemCounts = of("item_counts");
        recentCounts = of("recent_counts");
        teacher = of("teacher");
        dense = parameters.zeros();
    }

    /** The gradients of a table's rows. */
    private RowGradients of(String table) {
        return Objects.requireNonNull(rows.get(table), table);
    }

    /** @return norm of these gradients */
    double addDense(List<float[]> gradients) {
        double norm = DenseParameters.norm(gradients);
        for (int p = 0; p < dense.size(); p++) {
            float[] to = dense.get(p);
            float[] from = gradients.get(p);
            if (empty) {
                System.arraycopy(from, 0, to, 0, to.length);
            } else {
                add(from, to);
            }
        }
        denseNorm = empty ? norm : DenseParameters.norm(dense);
        empty = false;
        return norm;
    }

    private static void add(float[] from, float[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] += from[k];
        }
    }

    /** Adds up what each row has, unless that is done. Which thread adds up a row does not change its sum. */
    void settle(Crew crew) {
        if (!parts.isEmpty()) {
            return;
        }
        List<RowGradients> tables = List.copyOf(rows.values());
        int[] several = new int[tables.size()];
        int most = most(tables);
        crew.both(pieces(), () -> several[most] = tables.get(most).group(), () -> {
            for (int t = 0; t < several.length; t++) {
                several[t] = t == most ? several[t] : tables.get(t).group();
            }
        });
        for (int t = 0; t < several.length; t++) {
            tables.get(t).place(fields.more(several[t]));
        }
        rows.forEach((name, gradients) -> {
            for (int from = 0, to; from < gradients.size(); from = to) {
                to = gradients.after(from, SHARE);
                parts.add(new Part(name, gradients, from, to));
            }
        });
        crew.each(pieces(), parts.size(), k -> parts.get(k).rows.sum(parts.get(k).from, parts.get(k).to));
    }

    private static int most(List<RowGradients> tables) {
        int most = 0;
        for (int t = 1; t < tables.size(); t++) {
            most = tables.get(t).pieces() > tables.get(most).pieces() ? t : most;
        }
        return most;
    }

    private int pieces() {
        return rows.values().stream().mapToInt(RowGradients::pieces).sum();
    }

    /**
     * Updates all and forgets.
     *
     * @param haste learning rates are so many times those of the config
     */
    void apply(
            Features features,
            DenseParameters parameters,
            ModelConfig config,
            float rowScale,
            double haste,
            Crew crew) {
        settle(crew);
        RowOptimizer optimizer = haste == 1 ? config.rows() : config.rows().times(haste);
        double denseRate = haste * config.denseRate();
        Map<String, RowTable> tables = features.tables();
        tables.forEach((name, table) -> table.toBeWritten(of(name), optimizer.restless()));
        long step = parameters.updates() + 1;
        crew.each(pieces(), 1 + parts.size(), k -> {
            if (k == 0) {
                parameters.update(dense, denseNorm, denseRate, config.clipNorm());
            } else {
                Part part = parts.get(k - 1);
                RowTable table = Objects.requireNonNull(tables.get(part.table));
                optimizer.apply(table, part.rows, part.from, part.to, rowScale, step);
            }
        });
        clear();
    }

    /** Norm of everything gathered; not finite if any number of it is not. */
    double norm(Crew crew) {
        settle(crew);
        double square = denseNorm * denseNorm;
        for (RowGradients one : rows.values()) {
            square += one.square();
        }
        return Math.sqrt(square);
    }

    /** Forgets. */
    void clear() {
        rows.values().forEach(RowGradients::clear);
        fields.clear();
        parts.clear();
        denseNorm = 0;
        empty = true;
    }
}
