package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.model.CatalogueItem;
import coldstream.model.Explanation;
import coldstream.model.Likeness;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What serving needs of a model; thread-safe. */
public interface RankingModel extends AutoCloseable {

    /** One logit per item, in order; of items nobody has heard of too. */
    float[] score(UserContext user, List<ItemId> items);

    /** One logit per item of the {@link #catalogue}, in its order: what {@link #score} says of each. */
    float[] scoreAll(UserContext user);

    /** Why {@link #score} says what it says. */
    Explanation explain(UserContext user, ItemId item);

    /** How alike every item of the {@link #catalogue} is to one, in its order; nothing where it cannot be compared. */
    Optional<float[]> likeness(ItemId item, Likeness by);

    /** Everything that can be recommended. */
    List<CatalogueItem> catalogue();

    /** What the user had taken when the snapshot was made, as far as it knows. */
    Set<ItemId> taken(UserId user);

    @Override
    void close();

    /** Makes a model of a snapshot folder; throws when the folder is no usable snapshot. */
    @FunctionalInterface
    interface Loader {
        RankingModel load(Path snapshot);
    }
}
