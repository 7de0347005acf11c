package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes from every score what the model gives the item whoever asks.
 *
 * <pre>
 * s′(u, i) = min(1, max(0, s(u, i) − b(i)))        b the {@linkplain ItemPrior prior} from requests before this one
 * </pre>
 */
final class PriorScorer implements LanguageModelScorer {

    private final LanguageModelScorer scorer;
    private final ItemPrior prior;

    PriorScorer(LanguageModelScorer scorer, ItemPrior prior) {
        this.scorer = scorer;
        this.prior = prior;
    }

    @Override
    public String model() {
        return scorer.model();
    }

    @Override
    public String promptVersion() {
        return scorer.promptVersion();
    }

    @Override
    public Outcome score(List<Item> history, List<Item> candidates) {
        Outcome outcome = scorer.score(history, candidates);
        if (!(outcome instanceof Scored scored)) {
            return outcome;
        }
        double mean = scored.scores().stream()
                .mapToDouble(Double::doubleValue)
                .filter(score -> !Double.isNaN(score))
                .average()
                .orElse(0);
        List<Double> left = new ArrayList<>(candidates.size());
        for (int i = 0; i < candidates.size(); i++) {
            double score = scored.scores().get(i);
            left.add(
                    Double.isNaN(score)
                            ? score
                            : clamped(score - prior.of(candidates.get(i).item())));
        }
        for (int i = 0; i < candidates.size(); i++) {
            double score = scored.scores().get(i);
            if (!Double.isNaN(score)) {
                prior.observe(candidates.get(i).item(), score - mean);
            }
        }
        return new Scored(left, scored.source(), scored.usage());
    }

    private static double clamped(double score) {
        return Math.min(1, Math.max(0, score));
    }
}
