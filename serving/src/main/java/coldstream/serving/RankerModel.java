package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.model.CatalogueItem;
import coldstream.model.Explanation;
import coldstream.model.Likeness;
import coldstream.model.Ranker;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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
    public float[] score(UserContext user, List<ItemId> items) {
        return ranker.score(user, items);
    }

    @Override
    public float[] scoreAll(UserContext user) {
        return ranker.scoreAll(user);
    }

    @Override
    public Explanation explain(UserContext user, ItemId item) {
        return ranker.explain(user, item);
    }

    @Override
    public Optional<float[]> likeness(ItemId item, Likeness by) {
        return ranker.likeness(item, by);
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
