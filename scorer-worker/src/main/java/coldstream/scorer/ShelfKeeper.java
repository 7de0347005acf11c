package coldstream.scorer;

import coldstream.domain.ItemId;
import coldstream.domain.PopularityStore;
import coldstream.domain.StoreUnavailableException;
import coldstream.scorer.candidates.ItemIndex;
import coldstream.scorer.candidates.Shelf;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the {@link Shelf} fresh: popularity at every turn, the index of items when enough of the catalogue has changed.
 *
 * <p>With the popularity store away the last known popularity stands.
 */
final class ShelfKeeper extends Loop {

    private static final Logger LOG = LoggerFactory.getLogger(ShelfKeeper.class);
    private static final int KNOWN_ITEMS = 5_000;
    private static final int TURNS_FOR_A_SMALL_CHANGE = 5;

    private final Catalogue catalogue;
    private final PopularityStore popularityStore;
    private final boolean onlyWithVector;
    private final Duration turn;

    private volatile Map<ItemId, Long> popularity = Map.of();
    private boolean storeAway;
    private long indexedAt = -1;
    private int turns;
    private volatile Shelf shelf = Shelf.of(ItemIndex.EMPTY, Map.of());

    /** @param onlyWithVector whether the scorer reads vectors rather than texts */
    ShelfKeeper(Catalogue catalogue, PopularityStore popularityStore, boolean onlyWithVector, Duration turn) {
        super("shelf-keeper");
        this.catalogue = catalogue;
        this.popularityStore = popularityStore;
        this.onlyWithVector = onlyWithVector;
        this.turn = turn;
    }

    Shelf shelf() {
        return shelf;
    }

    /** Counts as they were read last, most popular first. */
    Map<ItemId, Long> popularity() {
        return popularity;
    }

    /** A shelf of the catalogue as it is now: for the first requests after the first items. */
    synchronized Shelf rebuilt() {
        if (catalogue.changes() != indexedAt) {
            reindex();
        }
        return shelf;
    }

    @Override
    void run() throws InterruptedException {
        while (!stopping()) {
            refresh();
            pause(turn);
        }
    }

    synchronized void refresh() {
        readPopularity();
        turns++;
        long changed = catalogue.changes() - Math.max(0, indexedAt);
        boolean much = changed > catalogue.itemCount() / 50;
        boolean some = changed > 0 && turns >= TURNS_FOR_A_SMALL_CHANGE;
        if (indexedAt < 0 || much || some) {
            reindex();
        } else {
            shelf = Shelf.of(shelf.index(), popularity);
        }
    }

    private void reindex() {
        indexedAt = catalogue.changes();
        turns = 0;
        shelf = Shelf.of(catalogue.index(onlyWithVector), popularity);
    }

    private void readPopularity() {
        try {
            popularity = popularityStore.top(KNOWN_ITEMS);
            storeAway = false;
        } catch (StoreUnavailableException e) {
            if (!storeAway) {
                LOG.atWarn().addKeyValue("why", e.getMessage()).log("popularity is not refreshed");
            }
            storeAway = true;
        }
    }
}
