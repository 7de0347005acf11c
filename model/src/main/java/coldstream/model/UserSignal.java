package coldstream.model;

import coldstream.domain.ItemId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a language model says of one user and any item, as of one moment. */
public final class UserSignal {

    private final Taste taste;
    private final boolean near;
    private final Taste described;
    private final Map<ItemId, Float> stored;

    /**
     * @param near whether the history's nearest item is looked for
     * @param described what the user's profile says
     * @param stored what takes the taste's place, by item
     */
    UserSignal(Taste taste, boolean near, Taste described, Map<ItemId, Float> stored) {
        this.taste = taste;
        this.near = near;
        this.described = described;
        this.stored = stored;
    }

    /** Of every item of a catalogue, by number; one after the other where texts are not laid out in lanes. */
    Signal[] ofAll(List<CatalogueEntry> entries, @Nullable TextLanes texts) {
        if (texts == null) {
            return entries.stream().map(this::of).toArray(Signal[]::new);
        }
        float[] cosines = cosines(taste, entries, texts);
        float[] profile = cosines(described, entries, texts);
        Signal[] signals = new Signal[entries.size()];
        for (int number = 0; number < signals.length; number++) {
            CatalogueEntry entry = entries.get(number);
            float nearest = near ? taste.nearest(entry) : 0;
            float own = stored.isEmpty() ? cosines[number] : stored.getOrDefault(entry.item(), cosines[number]);
            signals[number] = new Signal(own, nearest, profile[number]);
        }
        return signals;
    }

    private static float[] cosines(Taste taste, List<CatalogueEntry> entries, TextLanes texts) {
        return taste.known() ? taste.cosines(texts) : new float[entries.size()];
    }

    /** Of an item. */
    public Signal of(CatalogueEntry item) {
        Float said = stored.get(item.item());
        float own = said == null ? taste.cosine(item) : said;
        return new Signal(own, near ? taste.nearest(item) : 0, described.cosine(item));
    }
}
