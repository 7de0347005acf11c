package coldstream.trainer.learning;

import coldstream.model.CatalogueEntry;
import it.unimi.dsi.fastutil.ints.IntOpenHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the learner knows of a user with a row, as of the samples so far; it is forgotten with the row. */
final class UserMemory {

    /** Number of the user; -1 for somebody without a row, or forgotten. */
    int number;

    /** Latest positives, newest last. */
    List<CatalogueEntry> history = List.of();

    /** Positives so far. */
    long count;

    /** Numbers of all items ever taken: none of them is drawn as a negative. */
    final IntOpenHashSet taken = new IntOpenHashSet(4);

    /** The newest scores for the user, if the queue still has them. */
    @Nullable
    ScoredRequest latest;

    UserMemory(int number) {
        this.number = number;
    }

    /** Somebody without a row, as far as a sample tells. */
    static UserMemory stranger(List<CatalogueEntry> history, long count) {
        UserMemory stranger = new UserMemory(-1);
        stranger.count = count;
        stranger.met(history);
        return stranger;
    }

    /** Takes in a history made before the learner knew the user. */
    void met(List<CatalogueEntry> before) {
        before.forEach(entry -> taken.add(entry.number()));
    }
}
