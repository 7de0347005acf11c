package coldstream.model;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What items without a row start as, once it was worked out: a product with the map of texts each. It is good as long as item,
 * text and map are the same ones. Thread-safe: two threads may work the same out, and find the same.
 */
final class ItemStarts {

    /** Items looked up at most, some 200 bytes each. */
    private static final int MOST = 100_000;

    private volatile @Nullable Start[] starts = new @Nullable Start[64];

    /** A start and what it was worked out from. */
    private static final class Start {

        final CatalogueEntry entry;
        final float[] map;
        final float[] factors;

        Start(CatalogueEntry entry, float[] map, float[] factors) {
            this.entry = entry;
            this.map = map;
            this.factors = factors;
        }

        boolean holds(CatalogueEntry now, float[] mapNow) {
            return map == mapNow
                    && entry.vector == now.vector
                    && entry.inverseNorm == now.inverseNorm
                    && entry.item().equals(now.item());
        }
    }

    /** The factors, not to be written to. */
    float[] of(CatalogueEntry entry, TextSpace text, Function<CatalogueEntry, float[]> work) {
        int number = entry.number();
        if (number < 0 || number >= MOST) {
            return work.apply(entry);
        }
        Start known = number < starts.length ? starts[number] : null;
        if (known != null && known.holds(entry, text.startMap())) {
            return known.factors;
        }
        float[] factors = work.apply(entry);
        put(number, new Start(entry, text.startMap(), factors));
        return factors;
    }

    private synchronized void put(int number, Start start) {
        @Nullable Start[] all = starts;
        if (number >= all.length) {
            all = Arrays.copyOf(all, Math.min(MOST, Math.max(number + 1, 2 * all.length)));
            starts = all;
        }
        all[number] = start;
    }
}
