package coldstream.model;

/**
 * What a row is before anything was learnt: a pure function of seed, table and id, or, for an item with a text vector, its
 * random projection Rᵀx with R normal, times a scale. Near texts start near.
 */
final class RowStarts {

    private final ModelConfig config;
    private final TextSpace text;
    private float[] projection = {};

    RowStarts(ModelConfig config, TextSpace text) {
        this.config = config;
        this.text = text;
    }

    /** Writes the d factors a row of this id starts with. */
    void random(String table, String id, float[] into, int from) {
        Draws.of(config.seed(), "row", table, id).normal(into, from, config.dimension(), config.spread());
    }

    /** Writes the d factors of an item. */
    void item(CatalogueEntry entry, float[] into, int from) {
        if (!fromText(entry)) {
            random("items", entry.item().value(), into, from);
            return;
        }
        int dimension = config.dimension();
        float[] directions = projection();
        float[] centred = new float[text.dimension()];
        text.centred(entry, centred);
        float[] row = new float[dimension];
        for (int k = 0; k < centred.length; k++) {
            for (int j = 0; j < dimension; j++) {
                row[j] += centred[k] * directions[k * dimension + j];
            }
        }
        System.arraycopy(row, 0, into, from, dimension);
    }

    boolean fromText(CatalogueEntry entry) {
        return config.textStart() && entry.inverseNorm != 0;
    }

    private synchronized float[] projection() {
        if (projection.length == 0) {
            float[] drawn = new float[text.dimension() * config.dimension()];
            Draws.of(config.seed(), "projection").normal(drawn, 0, drawn.length, config.textScale());
            projection = drawn;
        }
        return projection;
    }
}
