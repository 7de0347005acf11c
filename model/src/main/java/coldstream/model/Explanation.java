package coldstream.model;

import coldstream.domain.ItemId;
import java.util.List;

/**
 * Why a user's score for an item is what it is, by leaving one thing out after the other and asking the model again. The parts
 * need not add up: what two things say together is missing from both.
 *
 * @param known whether the item is in the catalogue
 * @param score the served logit
 * @param signal what the language model's signal adds to it, the one part that is exactly a summand
 * @param fields of the network, in its order
 * @param history the latest items that anything looks at, newest first
 */
public record Explanation(boolean known, float score, double signal, List<Part> fields, List<Taken> history) {

    public Explanation {
        fields = List.copyOf(fields);
        history = List.copyOf(history);
    }

    /**
     * A field of the network.
     *
     * @param moved the score less the score with zeros in the field's place
     */
    public record Part(Field field, double moved) {}

    /**
     * An item of the user's history.
     *
     * @param moved the score less the score of a user who never took the item, but as many positives
     */
    public record Taken(ItemId item, String title, double moved) {}
}
