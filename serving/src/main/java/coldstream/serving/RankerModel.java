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

    private final TakenItems taken;

    private RankerModel(Ranker ranker, TakenItems taken) {
        this.ranker = ranker;
        this.taken = taken;
    }

    static RankingModel load(Path snapshot) {
        TakenItems taken = TakenItems.read(snapshot);
        return new RankerModel(Ranker.load(snapshot), taken);
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
        return taken.of(user);
    }

    @Override
    public void close() {
        ranker.close();
    }
}
