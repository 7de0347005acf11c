package coldstream.trainer.learning;

import coldstream.model.CatalogueEntry;
import coldstream.model.Signal;
import coldstream.model.Taste;
import coldstream.model.TextSpace;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The language model's signal for a user and an item: the cosine between the taste the history's texts show and the item's
 * text; or, where another language model scored the item for the user, that score, brought to the cosines' spread. Beside it
 * the cosine of the history's nearest item, and that of the user's taste profile. 0 where nothing is known.
 */
final class TeacherSignal {

    private static final double FIRST_SPREAD = 0.2;
    private static final double FORGET = 1e-4;

    private final TextSpace text;
    private final boolean near;
    double meanSquare = FIRST_SPREAD * FIRST_SPREAD;

    /** @param near whether the history's nearest item is looked for */
    TeacherSignal(TextSpace text, boolean near) {
        this.text = text;
        this.near = near;
    }

    /** Root of the mean square of cosines. */
    double spread() {
        return Math.sqrt(meanSquare);
    }

    /** Whether answers of this model are what the texts say. */
    boolean isEncoder(String model) {
        return model.equals(text.encoder());
    }

    /** One user's signal for any item, as of one moment. */
    final class ForUser {

        private final Taste taste;
        private final @Nullable Taste profile;
        private final @Nullable ScoredRequest stored;
        private final double storedMean;
        private final double storedDeviation;

        /** As of when this was asked for: a snapshot of that moment has the same. */
        private final double spread = spread();

        private ForUser(Taste taste, @Nullable Taste profile, @Nullable ScoredRequest stored) {
            this.taste = taste;
            this.profile = profile;
            double mean = 0;
            double square = 0;
            if (stored != null) {
                for (double score : stored.scores()) {
                    mean += score / stored.scores().size();
                }
                for (double score : stored.scores()) {
                    square += (score - mean) * (score - mean) / stored.scores().size();
                }
            }
            this.stored = square > 0 ? stored : null;
            storedMean = mean;
            storedDeviation = Math.sqrt(square);
        }

        Signal of(CatalogueEntry item) {
            Signal signal = said(item);
            return profile == null ? signal : signal.withProfile(profile.cosine(item));
        }

        private Signal said(CatalogueEntry item) {
            int place = stored == null ? -1 : stored.find(item);
            return stored != null && place >= 0
                    ? new Signal(
                            (float) ((stored.scores().get(place) - storedMean) / storedDeviation * spread),
                            taste.nearest(item))
                    : taste.signal(item);
        }

        /** As {@link #of}, and takes a cosine into what is known of their spread. */
        Signal observed(CatalogueEntry item) {
            Signal signal = of(item);
            if (signal.taste() != 0 && (stored == null || stored.find(item) < 0)) {
                meanSquare += FORGET * (signal.taste() * signal.taste() - meanSquare);
            }
            return signal;
        }
    }

    /**
     * @param history newest last
     * @param stored scores that may speak for this moment, or null
     */
    ForUser forUser(List<CatalogueEntry> history, @Nullable ScoredRequest stored) {
        return forUser(history, stored, null);
    }

    /** As above, of a user of whom this profile may speak, if any. */
    ForUser forUser(List<CatalogueEntry> history, @Nullable ScoredRequest stored, Profiles.@Nullable Known profile) {
        Taste taste = text.taste(history, near);
        boolean other = stored != null && !stored.model().equals(text.encoder());
        Taste described = profile == null ? null : text.profile(profile.encoder(), profile.vector());
        return new ForUser(taste, described, other ? stored : null);
    }
}
