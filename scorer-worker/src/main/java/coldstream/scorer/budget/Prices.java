package coldstream.scorer.budget;

import static coldstream.domain.Check.check;

import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.domain.Spend;

/**
 * What tokens cost.
 *
 * @param prompt money a million tokens read, in the currency's own unit
 * @param completion money a million tokens written
 */
public record Prices(double prompt, double completion) {

    public static final Prices FREE = new Prices(0, 0);

    public Prices {
        check(prompt >= 0, "scorer.budget.prompt-price must not be negative, got %s", prompt);
        check(completion >= 0, "scorer.budget.completion-price must not be negative, got %s", completion);
    }

    /** Millionths of the currency; a price a million tokens is a price in millionths a token. */
    public double micros(long promptTokens, long completionTokens) {
        return promptTokens * prompt + completionTokens * completion;
    }

    /** What a use of the model takes from the budget. */
    public Spend of(Usage usage) {
        return new Spend(
                usage.calls(), usage.tokens(), Math.round(micros(usage.promptTokens(), usage.completionTokens())));
    }
}
