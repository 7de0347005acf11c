package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import java.util.List;

/** Changes what another scorer gives, by one refinement after the other; the scores as they came stay beside. */
final class RefinedScorer implements LanguageModelScorer {

    private final LanguageModelScorer scorer;
    private final List<Refinement> refinements;

    RefinedScorer(LanguageModelScorer scorer, List<Refinement> refinements) {
        this.scorer = scorer;
        this.refinements = List.copyOf(refinements);
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
        List<Double> scores = scored.scores();
        for (Refinement refinement : refinements) {
            scores = refinement.of(candidates, scores);
        }
        return new Scored(scores, scored.raw(), scored.source(), scored.usage());
    }
}
