package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A language model that says how well items fit a user. */
public interface LanguageModelScorer {

    /** Names the model; of several, the one asked first. */
    String model();

    /** Names the way it is asked; of several, the one asked first. */
    String promptVersion();

    /**
     * Scores candidates by the user's history.
     *
     * @param history what the user liked, newest last
     * @param candidates in the order to be shown, each at most once
     */
    Outcome score(List<Item> history, List<Item> candidates);

    /** What came back: retry or refuse is a type. */
    sealed interface Outcome {

        /** What it cost, whatever came of it. */
        Usage usage();
    }

    /**
     * @param scores in [0, 1], one per candidate in their order; NaN where the model gave none
     * @param raw the same before anything was taken from them, or they were brought to another scale
     * @param source who scored; stored with every score
     */
    record Scored(List<Double> scores, List<Double> raw, Source source, Usage usage) implements Outcome {

        public Scored {
            check(
                    raw.size() == scores.size(),
                    "there must be as many raw scores as scores, got %d for %d",
                    raw.size(),
                    scores.size());
            scores = List.copyOf(scores);
            raw = List.copyOf(raw);
        }

        /** As the model gave them. */
        public Scored(List<Double> scores, Source source, Usage usage) {
            this(scores, scores, source, usage);
        }
    }

    /**
     * Asking again later may succeed.
     *
     * @param why for people
     * @param after how long the endpoint asked to be left alone, where it did
     */
    record TryAgain(Fault fault, String why, Optional<Duration> after, Usage usage) implements Outcome {

        public TryAgain(Fault fault, String why) {
            this(fault, why, Optional.empty(), Usage.NONE);
        }
    }

    /**
     * Asking again would fail again.
     *
     * @param why for people
     */
    record Refused(Fault fault, String why, Usage usage) implements Outcome {}

    /**
     * Who scored, and how it was asked.
     *
     * @param permutations candidate orders averaged over
     */
    record Source(String model, String promptVersion, int permutations) {

        public Source {
            check(permutations >= 1, "permutations must be at least 1, got %d", permutations);
        }
    }

    /**
     * What the model was used for one request, in calls whose answer was thrown away too.
     *
     * @param promptTokens read by the model; 0 where tokens are free or not reported
     * @param completionTokens written by it
     * @param calls to the model
     * @param latency waited for those calls, added up
     */
    record Usage(long promptTokens, long completionTokens, int calls, Duration latency) {

        public static final Usage NONE = new Usage(0, 0, 0, Duration.ZERO);

        public Usage plus(Usage other) {
            return new Usage(
                    promptTokens + other.promptTokens,
                    completionTokens + other.completionTokens,
                    calls + other.calls,
                    latency.plus(other.latency));
        }

        public long tokens() {
            return promptTokens + completionTokens;
        }
    }

    /** Why there are no scores; a closed set, for metrics. */
    enum Fault {
        /** Something the scorer needs is not there yet, such as the vector of an item. */
        NOT_READY,
        /** Asked too often: HTTP 429. */
        RATE_LIMITED,
        /** HTTP 408 or 5xx. */
        SERVER_FAULT,
        /** No whole answer in time. */
        TIMED_OUT,
        /** No connection, or one that was cut. */
        CONNECTION,
        /** The endpoint does not take the key: HTTP 401 or 403. */
        KEY_REFUSED,
        /** The endpoint does not take the request: any other HTTP 4xx. */
        REQUEST_REFUSED,
        /** The endpoint sends elsewhere: HTTP 3xx. Nobody else is called. */
        REDIRECTED,
        /** What came is no answer by the rules of reading. */
        UNREADABLE;

        /** Whether the same request may succeed later. */
        public boolean passes() {
            return compareTo(CONNECTION) <= 0;
        }

        /** As metrics name it. */
        public String tag() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
