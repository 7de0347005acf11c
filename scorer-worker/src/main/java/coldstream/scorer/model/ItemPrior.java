package coldstream.scorer.model;

import coldstream.domain.ItemId;
import coldstream.domain.ItemPriorStore;
import io.micrometer.core.instrument.Gauge;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the model thinks of an item whoever asks: the mean of its scores, less the means of their lists, over the users it was
 * scored for.
 *
 * <pre>
 * b(i) = Σ (s − mean of the list) / (n + n₀)        over the latest n scores, older ones fading; n₀ = 4
 * </pre>
 *
 * <p>A famous item, or one whose text asks for a high score, is favoured for everybody and has a high b; what is left of its score
 * is about the user. Candidates are drawn without regard to the user, so these users are as good as random ones; a tail item asked
 * about for a reason is the exception. This one remembers at most a number of items, those scored last, in the process.
 */
final class ItemPrior implements ItemPriorStore {

    private static final double PULL = 4;

    private final Map<ItemId, Sum> sums;

    /** @param most items remembered, at least 1 */
    ItemPrior(int most, ModelMetrics metrics) {
        this.sums = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<ItemId, Sum> eldest) {
                return size() > most;
            }
        };
        Gauge.builder("coldstream.llm.prior.items", this, ItemPrior::size)
                .description("Items whose mean score is remembered")
                .register(metrics.meters());
    }

    /** b(i), in (−1, 1); 0 of an item nobody was asked about. */
    static double of(Sum sum) {
        return sum.deviations() / (sum.count() + PULL);
    }

    @Override
    public synchronized Map<ItemId, Sum> find(Collection<ItemId> items) {
        Map<ItemId, Sum> found = new LinkedHashMap<>();
        for (ItemId item : items) {
            Sum sum = sums.get(item);
            if (sum != null) {
                found.put(item, sum);
            }
        }
        return found;
    }

    @Override
    public synchronized void observe(Map<ItemId, Double> deviations) {
        deviations.forEach((item, deviation) ->
                sums.put(item, sums.getOrDefault(item, Sum.NONE).plus(deviation)));
    }

    /** Takes over what is known elsewhere. */
    synchronized void putAll(Map<ItemId, Sum> known) {
        sums.putAll(known);
    }

    synchronized int size() {
        return sums.size();
    }
}
