package coldstream.model;

import java.util.List;

/** Everything one step adds up before it updates: gradients of rows and of dense parameters. */
final class StepGradients {

    final RowGradients users;
    final RowGradients items;
    final RowGradients categories;
    final RowGradients userCounts;
    final RowGradients itemCounts;
    final List<float[]> dense;
    boolean empty = true;

    StepGradients(Features features, DenseParameters parameters) {
        users = new RowGradients(features.users);
        items = new RowGradients(features.items);
        categories = new RowGradients(features.categories);
        userCounts = new RowGradients(features.userCounts);
        itemCounts = new RowGradients(features.itemCounts);
        dense = parameters.zeros();
    }

    void addDense(List<float[]> gradients) {
        for (int p = 0; p < dense.size(); p++) {
            float[] to = dense.get(p);
            float[] from = gradients.get(p);
            for (int k = 0; k < to.length; k++) {
                to[k] += from[k];
            }
        }
        empty = false;
    }

    /** Updates all and forgets. */
    void apply(Features features, DenseParameters parameters, ModelConfig config, float rowScale) {
        parameters.update(dense, config.denseRate(), config.clipNorm());
        long step = parameters.updates();
        config.rows().apply(features.users, users, rowScale, step);
        config.rows().apply(features.items, items, rowScale, step);
        config.rows().apply(features.categories, categories, rowScale, step);
        config.rows().apply(features.userCounts, userCounts, rowScale, step);
        config.rows().apply(features.itemCounts, itemCounts, rowScale, step);
        clear();
    }

    /** Norm of everything gathered; not finite if any number of it is not. */
    double norm() {
        double dense = DenseParameters.norm(this.dense);
        double square = dense * dense;
        for (RowGradients rows : rows()) {
            square += rows.square();
        }
        return Math.sqrt(square);
    }

    /** Forgets. */
    void clear() {
        rows().forEach(RowGradients::clear);
        dense.forEach(gradient -> java.util.Arrays.fill(gradient, 0));
        empty = true;
    }

    private List<RowGradients> rows() {
        return List.of(users, items, categories, userCounts, itemCounts);
    }
}
