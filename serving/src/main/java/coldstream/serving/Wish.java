package coldstream.serving;

import coldstream.domain.ItemId;
import java.util.Set;

/**
 * What may be recommended.
 *
 * @param k most items
 * @param categories of which an item must have one; none asks for nothing
 * @param exclude never these
 * @param onlyNew only items that nobody had taken when the version was made
 * @param excludeSeen nothing the user has taken
 */
public record Wish(int k, Set<String> categories, Set<ItemId> exclude, boolean onlyNew, boolean excludeSeen) {

    public Wish {
        categories = Set.copyOf(categories);
        exclude = Set.copyOf(exclude);
    }

    /** The best {@code k} of everything the user has not taken. */
    public static Wish best(int k) {
        return new Wish(k, Set.of(), Set.of(), false, true);
    }
}
