package coldstream.scorer.model;

import coldstream.domain.ItemId;
import io.micrometer.core.instrument.Gauge;
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
 * about for a reason is the exception. Remembers at most a number of items, those scored last.
 */
final class ItemPrior {

    private static final double PULL = 4;
    /** Scores counted in full; later ones replace the oldest bit by bit. */
    private static final double MEMORY = 64;

    private static final class Sum {
        private double deviations;
        private double count;
    }

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
    synchronized double of(ItemId item) {
        Sum sum = sums.get(item);
        return sum == null ? 0 : sum.deviations / (sum.count + PULL);
    }

    /** @param deviation the score less its list's mean */
    synchronized void observe(ItemId item, double deviation) {
        Sum sum = sums.computeIfAbsent(item, unknown -> new Sum());
        double keep = sum.count < MEMORY ? 1 : 1 - 1 / MEMORY;
        sum.deviations = keep * sum.deviations + deviation;
        sum.count = keep * sum.count + 1;
    }

    synchronized int size() {
        return sums.size();
    }
}
