package coldstream.scorer.model;

import coldstream.domain.ItemId;
import coldstream.domain.ItemPriorStore;
import coldstream.domain.StoreUnavailableException;
import java.util.Collection;
import java.util.Map;

/** The prior all workers share, which outlives them; while its store is away each goes on with what it saw there last. */
final class SharedPrior implements ItemPriorStore {

    private final ItemPriorStore shared;
    private final ItemPrior local;

    SharedPrior(ItemPriorStore shared, ItemPrior local) {
        this.shared = shared;
        this.local = local;
    }

    @Override
    public Map<ItemId, Sum> find(Collection<ItemId> items) {
        try {
            Map<ItemId, Sum> known = shared.find(items);
            local.putAll(known);
            return known;
        } catch (StoreUnavailableException e) {
            return local.find(items);
        }
    }

    @Override
    public void observe(Map<ItemId, Double> deviations) {
        try {
            shared.observe(deviations);
        } catch (StoreUnavailableException e) {
            local.observe(deviations);
        }
    }
}
