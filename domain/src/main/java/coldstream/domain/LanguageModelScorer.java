package coldstream.domain;

import java.util.List;

/** A language model that says how well items fit a user. */
public interface LanguageModelScorer {

    /** Names the model; stored with every score. */
    String model();

    /** Names the way it is asked; stored with every score. */
    String promptVersion();

    /**
     * Scores candidates by the user's history.
     *
     * @param history what the user liked, newest last
     * @param candidates in the order to be shown, each at most once
     */
    Outcome score(List<Item> history, List<Item> candidates);

    /** What came back: retry or refuse is a type. */
    sealed interface Outcome {}

    /**
     * @param scores in [0, 1], one per candidate in their order; NaN where the model gave none
     * @param tokens spent, 0 where tokens are free
     */
    record Scored(List<Double> scores, long tokens) implements Outcome {

        public Scored {
            scores = List.copyOf(scores);
        }
    }

    /** Asking again later may succeed. */
    record TryAgain(String why) implements Outcome {}

    /** Asking again would fail again. */
    record Refused(String why) implements Outcome {}
}
