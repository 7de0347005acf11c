package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import java.util.List;

/** Brings the scores of every request to one scale. */
final class ScaledScorer implements LanguageModelScorer {

    private final LanguageModelScorer scorer;
    private final Scale scale;

    ScaledScorer(LanguageModelScorer scorer, Scale scale) {
        this.scorer = scorer;
        this.scale = scale;
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
        return outcome instanceof Scored scored
                ? new Scored(scale.of(scored.scores()), scored.source(), scored.usage())
                : outcome;
    }
}
