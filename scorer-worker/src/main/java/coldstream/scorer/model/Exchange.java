package coldstream.scorer.model;

import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Outcome;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.domain.LanguageModelScorer.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What one call to a chat model came to. */
sealed interface Exchange {

    Usage usage();

    /**
     * @param text may be anything
     * @param first what the first token could have been, where that was asked for and given
     */
    record Answered(String text, List<Token> first, Usage usage) implements Exchange {

        public Answered {
            first = List.copyOf(first);
        }
    }

    /** @param logProbability natural logarithm, at most 0 */
    record Token(String text, double logProbability) {}

    /**
     * @param why for people; holds nothing the other side wrote
     * @param after how long the endpoint asked to be left alone
     */
    record Failed(Fault fault, String why, Optional<Duration> after, Usage usage) implements Exchange {

        Failed(Fault fault, String why, Usage usage) {
            this(fault, why, Optional.empty(), usage);
        }

        /** The end of a request that cost so much in all. */
        Outcome ends(Usage all) {
            return fault.passes() ? new TryAgain(fault, why, after, all) : new Refused(fault, why, all);
        }
    }
}
