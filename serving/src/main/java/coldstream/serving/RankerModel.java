package coldstream.serving;

import coldstream.domain.ItemId;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.model.CatalogueItem;
import coldstream.model.DeltaBytes;
import coldstream.model.DeltaRecord;
import coldstream.model.Explanation;
import coldstream.model.FollowedModel;
import coldstream.model.Likeness;
import coldstream.model.Ranker;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A learner's own model, as of one moment. */
final class RankerModel implements RankingModel {

    /** Table of the deltas that say what a user has taken. */
    private static final String TAKEN = "taken";

    private final Ranker ranker;
    private final TakenItems taken;

    private RankerModel(Ranker ranker, TakenItems taken) {
        this.ranker = ranker;
        this.taken = taken;
    }

    /** The model of a snapshot. */
    static RankingModel load(Path snapshot) {
        try (FollowingModel model = follow(snapshot)) {
            return model.now();
        }
    }

    /** The model of a snapshot, to be kept up with its learner. */
    static FollowingModel follow(Path snapshot) {
        FollowedModel model = FollowedModel.load(snapshot);
        try {
            return new Following(model, TakenItems.read(snapshot, model.items()));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
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
        Set<ItemId> own = new HashSet<>();
        for (int item : taken.of(ranker.number(user))) {
            own.add(ranker.item(item));
        }
        return own;
    }

    @Override
    public void close() {
        ranker.close();
    }

    private record Following(FollowedModel model, TakenItems taken) implements FollowingModel {

        @Override
        public void apply(DeltaRecord record) {
            if (record.table().equals(TAKEN)) {
                int[] items = DeltaBytes.read(record.content()).nextInts();
                taken.put(Integer.parseInt(record.part()), items);
            } else {
                model.apply(record);
            }
        }

        @Override
        public RankingModel now() {
            return new RankerModel(model.ranker(), taken.fork());
        }

        @Override
        public void close() {
            model.close();
        }
    }
}
