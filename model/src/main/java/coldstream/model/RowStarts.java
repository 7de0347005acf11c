package coldstream.model;

/**
 * What a row is before anything was learnt: a pure function of seed, table and id, or, for an item with a text vector, where
 * that lies among the catalogue's texts (see {@link TextAxes}). Near texts start near.
 */
final class RowStarts {

    private final ModelConfig config;
    private final TextSpace text;
    private final ItemStarts known;

    /** Whether what an item starts as is looked up: where entries are replaced when they change. */
    private final boolean remembers;

    RowStarts(ModelConfig config, TextSpace text) {
        this(config, text, new ItemStarts(), false);
    }

    private RowStarts(ModelConfig config, TextSpace text, ItemStarts known, boolean remembers) {
        this.config = config;
        this.text = text;
        this.known = known;
        this.remembers = remembers;
    }

    /** The same over another space, which remembers what every fork found. */
    RowStarts fork(TextSpace forked) {
        return new RowStarts(config, forked, known, true);
    }

    /** Writes the d factors a row of this id starts with. */
    void random(String table, String id, float[] into, int from) {
        Draws.of(config.seed(), "row", table, id).normal(into, from, config.dimension(), config.spread());
    }

    /** Writes the d factors of an item. */
    void item(CatalogueEntry entry, float[] into, int from) {
        if (remembers) {
            System.arraycopy(known.of(entry, text, this::started), 0, into, from, config.dimension());
        } else {
            work(entry, into, from);
        }
    }

    private float[] started(CatalogueEntry entry) {
        float[] start = new float[config.dimension()];
        work(entry, start, 0);
        return start;
    }

    private void work(CatalogueEntry entry, float[] into, int from) {
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
