package coldstream.scorer.candidates;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a language model is asked.
 *
 * @param history what the user liked and the model may see, newest last
 * @param candidates in the order to be shown, each at most once, none of them in the history
 * @param hidden the user's last item, when it is not in the history but among the candidates
 * @param shown items of the history, where it was cut to look like a cold user's: its answer judges the model, and is no
 *     opinion of the user
 */
public record Question(List<Item> history, List<Item> candidates, Optional<ItemId> hidden, OptionalInt shown) {

    public Question {
        history = List.copyOf(history);
        candidates = List.copyOf(candidates);
    }
}
