package coldstream.model;

import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** How alike items are. */
final class Alike {

    private final Features features;
    private final List<CatalogueEntry> items;

    /** @param items one is compared with */
    Alike(Features features, List<CatalogueEntry> items) {
        this.features = features;
        this.items = items;
    }

    /** Of texts; nothing where the item has none. */
    Optional<float[]> byText(CatalogueEntry entry) {
        Taste taste = features.text().taste(List.of(entry), false);
        return taste.known() ? Optional.of(all(taste::cosine)) : Optional.empty();
    }

    /** Of rows; nothing where the item has none, 0 where another has none. */
    Optional<float[]> byRow(CatalogueEntry entry) {
        if (entry.row < 0) {
            return Optional.empty();
        }
        float[] one = row(entry);
        double norm = Math.sqrt(dot(one, one));
        return Optional.of(all(other -> {
            float[] two = other.row < 0 ? new float[one.length] : row(other);
            double norms = norm * Math.sqrt(dot(two, two));
            return norms == 0 ? 0 : dot(one, two) / norms;
        }));
    }

    private float[] all(ToDoubleFunction<CatalogueEntry> cosine) {
        float[] all = new float[items.size()];
        for (int k = 0; k < all.length; k++) {
            all[k] = (float) cosine.applyAsDouble(items.get(k));
        }
        return all;
    }

    private float[] row(CatalogueEntry entry) {
        float[] row = new float[features.config().dimension()];
        features.items.pool(entry.row, 1, row, 0);
        return row;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (double) a[k] * b[k];
        }
        return sum;
    }
}
