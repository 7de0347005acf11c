package coldstream.model;

import java.util.List;

/** Everything one step adds up before it updates: gradients of rows and of dense parameters. */
final class StepGradients {

    final RowGradients users;
    final RowGradients items;
    final RowGradients categories;
    final RowGradients userCounts;
    final RowGradients itemCounts;
    final RowGradients recentCounts;
    final RowGradients teacher;
    private final List<float[]> dense;
    private double denseNorm;

    /** Whether nothing was gathered; {@link #dense} then holds what is left of an earlier step. */
    boolean empty = true;

    StepGradients(Features features, DenseParameters parameters) {
        users = new RowGradients(features.users);
        items = new RowGradients(features.items);
        categories = new RowGradients(features.categories);
        userCounts = new RowGradients(features.userCounts);
        itemCounts = new RowGradients(features.itemCounts);
        recentCounts = new RowGradients(features.recentCounts);
        teacher = new RowGradients(features.teacher);
        dense = parameters.zeros();
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
        RowOptimizer optimizer = haste == 1 ? config.rows() : config.rows().times(haste);
        double denseRate = haste * config.denseRate();
        long step = parameters.updates() + 1;
        crew.both(
                () -> {
                    optimizer.apply(features.users, users, rowScale, step);
                    optimizer.apply(features.items, items, rowScale, step);
                },
                () -> {
                    parameters.update(dense, denseNorm, denseRate, config.clipNorm());
                    optimizer.apply(features.categories, categories, rowScale, step);
                    optimizer.apply(features.userCounts, userCounts, rowScale, step);
                    optimizer.apply(features.itemCounts, itemCounts, rowScale, step);
                    optimizer.apply(features.recentCounts, recentCounts, rowScale, step);
                    optimizer.apply(features.teacher, teacher, rowScale, step);
                });
        clear();
    }

    /** Norm of everything gathered; not finite if any number of it is not. */
    double norm() {
        double square = denseNorm * denseNorm;
        for (RowGradients rows : rows()) {
            square += rows.square();
        }
        return Math.sqrt(square);
    }

    /** Forgets. */
    void clear() {
        rows().forEach(RowGradients::clear);
        denseNorm = 0;
        empty = true;
    }

    private List<RowGradients> rows() {
        return List.of(users, items, categories, userCounts, itemCounts, recentCounts, teacher);
    }
}
