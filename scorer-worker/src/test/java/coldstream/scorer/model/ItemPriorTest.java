package coldstream.scorer.model;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ItemPriorStore;
import coldstream.domain.StoreUnavailableException;
import coldstream.testkit.ItemPriorStoreContract;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ItemPriorTest extends ItemPriorStoreContract {

    private static final ItemId TEA = new ItemId("tea");

    private static ItemPrior prior(int most) {
        return new ItemPrior(most, new ModelMetrics(new SimpleMeterRegistry()));
    }

    @Override
    protected ItemPriorStore emptyStore(int most) {
        return prior(most);
    }

    /** The shared store, which can be sent away. */
    private static final class Leaving implements ItemPriorStore {

        private final ItemPrior there = prior(100);
        private boolean away;

        @Override
        public Map<ItemId, Sum> find(Collection<ItemId> items) {
            stay();
            return there.find(items);
        }

        @Override
        public void observe(Map<ItemId, Double> deviations) {
            stay();
            there.observe(deviations);
        }

        private void stay() {
            if (away) {
                throw new StoreUnavailableException("away");
            }
        }
    }

    @Test
    void aWorkerThatStartsKnowsWhatAnotherObserved() {
        Leaving store = new Leaving();
        new SharedPrior(store, prior(10)).observe(Map.of(TEA, 0.5));

        assertThat(new SharedPrior(store, prior(10)).find(List.of(TEA)))
                .containsEntry(TEA, new ItemPriorStore.Sum(0.5, 1));
    }

    @Test
    void whileTheStoreIsAwayAWorkerGoesOnWithWhatItSawThereLast() {
        Leaving store = new Leaving();
        SharedPrior prior = new SharedPrior(store, prior(10));
        prior.observe(Map.of(TEA, 0.5));
        prior.find(List.of(TEA));
        store.away = true;

        prior.observe(Map.of(TEA, 0.25));
        assertThat(prior.find(List.of(TEA))).containsEntry(TEA, new ItemPriorStore.Sum(0.75, 2));

        store.away = false;
        assertThat(prior.find(List.of(TEA))).containsEntry(TEA, new ItemPriorStore.Sum(0.5, 1));
    }
}
