package coldstream.model;

import java.util.ArrayList;
import java.util.List;

/** The backbone's logits of users and items of a snapshot. Any thread, until it is closed. */
interface ServedLogits extends AutoCloseable {

    /** One for each entry of the catalogue, by number. */
    float[] all(Pooled side, UserSignal signal);

    /** One for each entry given; one that is not of the catalogue has the number −1. */
    float[] of(Pooled side, UserSignal signal, List<CatalogueEntry> entries);

    /** As {@link #of}, for several users at once: of each those of its own entries, in the order of both. */
    default List<float[]> each(List<RankedUser> users, List<List<CatalogueEntry>> entries) {
        List<float[]> logits = new ArrayList<>();
        for (int k = 0; k < users.size(); k++) {
            logits.add(of(users.get(k).side, users.get(k).signal, entries.get(k)));
        }
        return logits;
    }

    @Override
    default void close() {}
}
