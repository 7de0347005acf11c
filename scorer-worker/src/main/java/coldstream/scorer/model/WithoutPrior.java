package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemPriorStore;
import coldstream.domain.ItemPriorStore.Sum;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes from every score what the model gives the item whoever asks.
 *
 * <pre>
 * s′(u, i) = min(1, max(0, s(u, i) − b(i)))        b the {@linkplain ItemPrior prior} from requests before this one
 * </pre>
 */
final class WithoutPrior implements Refinement {

    private final ItemPriorStore prior;

    WithoutPrior(ItemPriorStore prior) {
        this.prior = prior;
    }

    @Override
    public List<Double> of(List<Item> candidates, List<Double> scores) {
        double mean = scores.stream()
                .mapToDouble(Double::doubleValue)
                .filter(score -> !Double.isNaN(score))
                .average()
                .orElse(0);
        Map<ItemId, Sum> known = prior.find(candidates.stream().map(Item::item).toList());
        List<Double> left = new ArrayList<>(candidates.size());
        Map<ItemId, Double> deviations = new LinkedHashMap<>();
        for (int i = 0; i < candidates.size(); i++) {
            ItemId item = candidates.get(i).item();
            double score = scores.get(i);
            left.add(Double.isNaN(score) ? score : clamped(score - ItemPrior.of(known.getOrDefault(item, Sum.NONE))));
            if (!Double.isNaN(score)) {
                deviations.put(item, score - mean);
            }
        }
        prior.observe(deviations);
        return left;
    }

    private static double clamped(double score) {
        return Math.min(1, Math.max(0, score));
    }
}
