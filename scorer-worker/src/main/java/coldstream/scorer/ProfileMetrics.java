package coldstream.scorer;

import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.scorer.metrics.TaggedCounters;
import coldstream.scorer.metrics.TokenCounters;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the profile loop counts. Requests read for profiles = made + try_again + refused + not_due + no_history + no_budget; a
 * user's request that is overtaken by a later one of the same poll counts as not due.
 */
final class ProfileMetrics {

    /** What came of a request. */
    enum Result {
        MADE,
        TRY_AGAIN,
        REFUSED,
        NOT_DUE,
        NO_HISTORY,
        NO_BUDGET
    }

    private final TaggedCounters<Result> results;
    private final TokenCounters tokens;

    ProfileMetrics(MeterRegistry meters) {
        results = TaggedCounters.of(
                meters,
                "coldstream.profiles",
                "Score requests looked at for a taste profile, by what came of it",
                "outcome",
                Result.class);
        tokens = new TokenCounters(
                meters, "coldstream.profile.tokens", "Tokens the language model read and wrote for taste profiles");
    }

    void count(Result result) {
        results.increment(result);
    }

    void made(int profiles) {
        results.add(Result.MADE, profiles);
    }

    void spent(Usage usage) {
        tokens.spent(usage);
    }
}
