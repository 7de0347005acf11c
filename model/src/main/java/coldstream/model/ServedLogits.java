package coldstream.model;

import java.util.List;

/** The backbone's logits of one user and many items of a snapshot. Any thread. */
interface ServedLogits {

    /** One for each entry of the catalogue, by number. */
    float[] all(Pooled side, UserSignal signal);

    /** One for each entry given; one that is not of the catalogue has the number −1. */
    float[] of(Pooled side, UserSignal signal, List<CatalogueEntry> entries);
}
