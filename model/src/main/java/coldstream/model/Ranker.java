package coldstream.model;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import java.nio.file.Path;
import java.util.List;

/** Scores a user's candidates with the model of one snapshot. Thread-safe; asks no language model. */
public final class Ranker implements AutoCloseable {

    private Ranker() {}

    /** Loads a snapshot folder as a learner's checkpoint wrote it. */
    public static Ranker load(Path snapshot) {
        return new Ranker();
    }

    /**
     * The served logits, one per item in the order given: backbone plus residual. Unknown users and items are scored by
     * what is known of them: their starting rows.
     */
    public float[] score(UserState state, UserId user, List<ItemId> items) {
        return new float[items.size()];
    }

    /** Everything that can be recommended: retired items are left out. */
    public List<CatalogueItem> catalogue() {
        return List.of();
    }

    @Override
    public void close() {}
}
