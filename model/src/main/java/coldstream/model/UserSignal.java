package coldstream.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a language model says of one user and any item, as of one moment. */
public final class UserSignal {

    private final Taste taste;
    private final boolean near;
    private final Taste described;

    /**
     * @param near whether the history's nearest item is looked for
     * @param described what the user's profile says
     */
    UserSignal(Taste taste, boolean near, Taste described) {
        this.taste = taste;
        this.near = near;
        this.described = described;
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
            float nearest = near ? taste.nearest(entries.get(number)) : 0;
            signals[number] = new Signal(cosines[number], nearest, profile[number]);
        }
        return signals;
    }

    private static float[] cosines(Taste taste, List<CatalogueEntry> entries, TextLanes texts) {
        return taste.known() ? taste.cosines(texts) : new float[entries.size()];
    }

    /** Of an item. */
    public Signal of(CatalogueEntry item) {
        return new Signal(taste.cosine(item), near ? taste.nearest(item) : 0, described.cosine(item));
    }
}
