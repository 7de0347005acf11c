package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.model.CatalogueItem;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** What serving needs of a model; thread-safe. */
public interface RankingModel extends AutoCloseable {

    /** One logit per item, in order. */
    float[] score(UserState state, UserId user, List<ItemId> items);

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
