package coldstream.model;

/**
 * What a row is before anything was learnt: a pure function of seed, table and id, or, for an item with a text vector, where
 * that lies among the catalogue's texts (see {@link TextAxes}). Near texts start near.
 */
final class RowStarts {

    private final ModelConfig config;
    private final TextSpace text;

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
        text.start(entry, into, from);
    }

    boolean fromText(CatalogueEntry entry) {
        return config.textStart() && entry.inverseNorm != 0;
    }
}
