package coldstream.trainer.learning;

import coldstream.model.Catalogue;
import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import java.util.ArrayList;
import java.util.List;

/**
 * What a positive can be compared with: items somebody took, or, for an item nobody took before, catalogue items nobody took
 * either (its newness would give it away otherwise).
 */
final class Candidates {

    /** Fewest not-yet-taken items left for a new item's comparison to count. */
    static final int ENOUGH_UNSEEN = 50;

    private static final int TRIES = 100;

    private final Catalogue catalogue;
    final ItemPool seen = new ItemPool();
    final ItemPool unseen = new ItemPool();

    Candidates(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /** Puts the item where it belongs now. */
    void place(CatalogueEntry entry) {
        boolean taken = entry.count() > 0;
        put(seen, entry, entry.active() && taken);
        put(unseen, entry, entry.active() && !taken);
    }

    private static void put(ItemPool pool, CatalogueEntry entry, boolean in) {
        if (in) {
            pool.add(entry.number());
        } else {
            pool.remove(entry.number());
        }
    }

    /** Whether a comparison of this item says something. */
    boolean comparable(CatalogueEntry positive, boolean fresh) {
        int others = unseen.size() - (unseen.contains(positive.number()) ? 1 : 0);
        return !fresh || others >= ENOUGH_UNSEEN;
    }

    /** About how many items a negative is drawn from: those the user took are not among them. */
    double others(boolean fresh, UserMemory user) {
        return fresh ? unseen.size() : Math.max(1.0, seen.size() - user.taken.size());
    }

    /**
     * Items drawn uniformly, with replacement; fewer, or none, where the user has taken nearly everything.
     *
     * @param fresh whether nobody took the positive before
     */
    List<CatalogueEntry> draw(CatalogueEntry positive, boolean fresh, UserMemory user, int wanted, Draws draws) {
        ItemPool pool = fresh ? unseen : seen;
        List<CatalogueEntry> drawn = new ArrayList<>(wanted);
        for (int tries = 0; drawn.size() < wanted && tries < wanted * TRIES && pool.size() > 0; tries++) {
            int number = pool.at(draws.below(pool.size()));
            if (number != positive.number() && !user.taken.contains(number)) {
                drawn.add(catalogue.get(number));
            }
        }
        return drawn;
    }
}
