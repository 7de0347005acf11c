package coldstream.scorer.metrics;

import coldstream.domain.LanguageModelScorer.Usage;
import io.micrometer.core.instrument.MeterRegistry;

/** Tokens a language model read and wrote for one purpose. */
public final class TokenCounters {

    private enum Kind {
        PROMPT,
        COMPLETION
    }

    private final TaggedCounters<Kind> tokens;

    public TokenCounters(MeterRegistry meters, String name, String description) {
        this.tokens = TaggedCounters.of(meters, name, description, "kind", Kind.class);
    }

    public void spent(Usage usage) {
        tokens.add(Kind.PROMPT, (double) usage.promptTokens());
        tokens.add(Kind.COMPLETION, (double) usage.completionTokens());
    }
}
