package coldstream.scorer;

import coldstream.domain.LanguageModelScorer.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the profile loop counts. Requests read for profiles = made + try_again + refused + not_due + no_history + no_budget; a
 * user's request that is overtaken by a later one of the same poll counts as not due.
 */
final class ProfileMetrics {

    final Counter made;
    final Counter tryAgain;
    final Counter refused;
    final Counter notDue;
    final Counter noHistory;
    final Counter noBudget;
    private final Counter promptTokens;
    private final Counter completionTokens;

    ProfileMetrics(MeterRegistry meters) {
        made = outcome(meters, "made");
        tryAgain = outcome(meters, "try_again");
        refused = outcome(meters, "refused");
        notDue = outcome(meters, "not_due");
        noHistory = outcome(meters, "no_history");
        noBudget = outcome(meters, "no_budget");
        promptTokens = tokens(meters, "prompt");
        completionTokens = tokens(meters, "completion");
    }

    private static Counter outcome(MeterRegistry meters, String outcome) {
        return Counter.builder("coldstream.profiles")
                .description("Score requests looked at for a taste profile, by what came of it")
                .tag("outcome", outcome)
                .register(meters);
    }

    private static Counter tokens(MeterRegistry meters, String kind) {
        return Counter.builder("coldstream.profile.tokens")
                .description("Tokens the language model read and wrote for taste profiles")
                .tag("kind", kind)
                .register(meters);
    }

    void spent(Usage usage) {
        promptTokens.increment((double) usage.promptTokens());
        completionTokens.increment((double) usage.completionTokens());
    }
}
