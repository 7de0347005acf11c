package coldstream.scorer.model;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import io.micrometer.core.instrument.Counter;
import java.util.List;

/**
 * Asks one scorer, and another where the first has no scores. Scores say who gave them; the two are never mixed in one request.
 *
 * <p>{@code coldstream_llm_mixture_total} says who answered: {@code first}, {@code fallback} or {@code nobody}. Where nobody did,
 * the request may come again if it may help with either.
 */
final class MixtureScorer implements LanguageModelScorer {

    private static final String NAME = "coldstream.llm.mixture";
    private static final String MEANING = "Requests by the scorer of the mixture that answered";

    private final LanguageModelScorer first;
    private final LanguageModelScorer fallback;
    private final Counter byFirst;
    private final Counter byFallback;
    private final Counter byNobody;

    MixtureScorer(LanguageModelScorer first, LanguageModelScorer fallback, ModelMetrics metrics) {
        this.first = first;
        this.fallback = fallback;
        this.byFirst = metrics.counter(NAME, MEANING, "answered_by", "first");
        this.byFallback = metrics.counter(NAME, MEANING, "answered_by", "fallback");
        this.byNobody = metrics.counter(NAME, MEANING, "answered_by", "nobody");
    }

    @Override
    public String model() {
        return first.model();
    }

    @Override
    public String promptVersion() {
        return first.promptVersion();
    }

    @Override
    public Outcome score(List<Item> history, List<Item> candidates) {
        Outcome one = first.score(history, candidates);
        if (one instanceof Scored) {
            byFirst.increment();
            return one;
        }
        Outcome other = fallback.score(history, candidates);
        Usage usage = one.usage().plus(other.usage());
        if (other instanceof Scored scored) {
            byFallback.increment();
            return new Scored(scored.scores(), scored.source(), usage);
        }
        byNobody.increment();
        if (one instanceof TryAgain again) {
            return new TryAgain(again.fault(), again.why(), again.after(), usage);
        }
        return other instanceof TryAgain again
                ? new TryAgain(again.fault(), again.why(), again.after(), usage)
                : new Refused(((Refused) one).fault(), ((Refused) one).why(), usage);
    }
}
