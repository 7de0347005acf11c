package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.model.CatalogueItem;
import coldstream.model.Ranker;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A snapshot's own model. */
final class RankerModel implements RankingModel {

    private final Ranker ranker;

    private RankerModel(Ranker ranker) {
        this.ranker = ranker;
    }

    static RankingModel load(Path snapshot) {
        return new RankerModel(Ranker.load(snapshot));
    }

    @Override
    public float[] score(UserState state, UserId user, List<ItemId> items) {
        return ranker.score(state, user, items);
    }

    @Override
    public List<CatalogueItem> catalogue() {
        return ranker.catalogue();
    }

    @Override
    public Set<ItemId> taken(UserId user) {
        return Set.of();
    }

    @Override
    public void close() {
        ranker.close();
    }
}
