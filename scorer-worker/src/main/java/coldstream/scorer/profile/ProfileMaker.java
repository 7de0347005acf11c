package coldstream.scorer.profile;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.domain.ScoreRequest;
import coldstream.domain.TasteProfile;
import java.util.List;

/** Makes the taste profile of a user. */
public interface ProfileMaker {

    /**
     * Makes one.
     *
     * @param history the items of the request's history that can be read, newest last; never empty
     */
    Outcome make(ScoreRequest request, List<Item> history);

    /** Calls to a language model that one profile costs; 0 where it is free. */
    int calls();

    /** What came of it. */
    sealed interface Outcome {

        Usage usage();
    }

    /** There it is. */
    record Made(TasteProfile profile, Usage usage) implements Outcome {}

    /** @param passes whether trying again later may succeed */
    record NotMade(boolean passes, String why, Usage usage) implements Outcome {}
}
