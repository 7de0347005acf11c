package coldstream.model;

import coldstream.domain.ItemId;
import java.util.Map;

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

    /** Of every item of a catalogue, by number; a part without numbers is 0 for everyone. */
    static final class OfAll {

        private final float[] taste;
        private final float[] nearest;
        private final float[] profile;

        private OfAll(float[] taste, float[] nearest, float[] profile) {
            this.taste = taste;
            this.nearest = nearest;
            this.profile = profile;
        }

        Signal get(int number) {
            return new Signal(of(taste, number), of(nearest, number), of(profile, number));
        }

        private static float of(float[] part, int number) {
            return part.length == 0 ? 0 : part[number];
        }
    }

    /** Of every item of a catalogue. */
    OfAll ofAll(Catalogue catalogue, TextLanes texts) {
        float[] said = taste.known() ? taste.cosines(texts) : new float[stored.isEmpty() ? 0 : catalogue.size()];
        stored.forEach((item, score) -> catalogue.find(item).ifPresent(entry -> said[entry.number()] = score));
        return new OfAll(
                said,
                near ? taste.nearest(texts) : new float[0],
                described.known() ? described.cosines(texts) : new float[0]);
    }

    /** Of an item. */
    public Signal of(CatalogueEntry item) {
        Float said = stored.get(item.item());
        float own = said == null ? taste.cosine(item) : said;
        return new Signal(own, near ? taste.nearest(item) : 0, described.cosine(item));
    }
}
