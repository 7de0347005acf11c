package coldstream.scorer.candidates;

import coldstream.domain.ItemId;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** How the plans draw items from a shelf. */
final class Drawing {

    /** Draws before a place stays empty; catalogues smaller than the question run out. */
    static final int TRIES = 8;

    /** Fewest positions of popularity looked at to either side for an item about as popular. */
    private static final int REACH = 3;

    private final Shelf shelf;
    private final ItemIndex index;
    private final SplittableRandom random;

    Drawing(Shelf shelf, SplittableRandom random) {
        this.shelf = shelf;
        this.index = shelf.index();
        this.random = random;
    }

    int any() {
        return random.nextInt(index.size());
    }

    /** One of the most popular; −1 where no count is known. */
    int popular(int pool) {
        int size = Math.min(pool, shelf.knownCount());
        return size == 0 ? -1 : shelf.known(random.nextInt(size));
    }

    /** An item of a category, each category as likely as any other. */
    int ofSomeCategory() {
        List<List<Integer>> categories = index.categories();
        List<Integer> category = categories.get(random.nextInt(categories.size()));
        return category.get(random.nextInt(category.size()));
    }

    /** Of a few items, the one least close to those picked: what Mitchell calls the best candidate (1991). */
    int unlike(Picks picks, Closeness closeness) {
        List<ItemId> picked = picks.items();
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int draw = 0; draw < TRIES; draw++) {
            int number = any();
            double nearest = nearest(index.item(number).item(), picked, closeness);
            if (nearest < least && picks.mayTake(number)) {
                least = nearest;
                best = number;
            }
        }
        return best;
    }

    /** −1 where nothing is known of either. */
    private static double nearest(ItemId item, List<ItemId> picked, Closeness closeness) {
        double nearest = -1;
        for (ItemId other : picked) {
            double cosine = closeness.cosine(item, other);
            if (cosine > nearest) { // a NaN is no closeness
                nearest = cosine;
            }
        }
        return nearest;
    }

    /** An item hardly anybody took, if a few draws find one. */
    int tail() {
        int number = any();
        for (int draw = 1; draw < TRIES && !shelf.tail(number); draw++) {
            number = any();
        }
        return number;
    }

    /** An item about as popular as this one: of a neighbouring position, or likewise without a known count. */
    int like(int number) {
        int rank = shelf.rank(number);
        if (rank < 0) {
            return unknown();
        }
        int reach = Math.max(2 * REACH, rank / 10);
        int from = Math.max(0, rank - reach);
        int to = Math.min(shelf.knownCount(), rank + reach + 1);
        return shelf.known(from + random.nextInt(to - from));
    }

    /** Two items about equally popular, or none. */
    List<Integer> pair(Picks picks) {
        for (int draw = 0; draw < TRIES; draw++) {
            int one = any();
            int other = like(one);
            if (one != other && picks.mayTake(one) && picks.mayTake(other)) {
                List<Integer> pair = new ArrayList<>(2);
                pair.add(one);
                pair.add(other);
                return pair;
            }
        }
        return List.of();
    }

    /** An item whose count is unknown, if a few draws find one. */
    private int unknown() {
        int number = any();
        for (int draw = 1; draw < TRIES && shelf.rank(number) >= 0; draw++) {
            number = any();
        }
        return number;
    }
}
