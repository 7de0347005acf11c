package coldstream.trainer.learning;

import coldstream.model.CatalogueEntry;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the learner knows of a user, as of the samples so far. */
final class UserMemory {

    /** Latest positives, newest last. */
    List<CatalogueEntry> history = List.of();

    /** Positives so far. */
    long count;

    /** Numbers of all items ever taken: none of them is drawn as a negative. */
    final IntOpenHashSet taken = new IntOpenHashSet(4);

    /** The newest scores for the user, if the queue still has them. */
    @Nullable
    ScoredRequest latest;
}
