package coldstream.app.dataset;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The customers of a simulated shop, one purchase after the other.
 *
 * <p>Each purchase is by a new customer with a chance of one in eight, else by one of the last {@value #ACTIVE}, who come
 * back unequally often. The customer looks at some goods that are on sale, half of them drawn by how often they were
 * bought, and takes one of those not owned by the softmax of {@link ShopTaste#liking}. What {@link ShopChanges} there are
 * decides of tastes and goods at each purchase.
 */
final class ShopCrowd {

    private static final int ACTIVE = 400;
    private static final int LOOKED_AT = 120;
    private static final double NEW_CUSTOMER = 0.125;
    private static final int SECONDS_BETWEEN = 240;

    /** @param second since the shop opened */
    record Purchase(int customer, int item, int stars, long second) {}

    private final ShopCatalogue catalogue;
    private final SplittableRandom random;
    private final int plannedPurchases;
    private final int plannedGoods;
    private final ShopChanges changes;
    private final List<Set<Integer>> owned = new ArrayList<>();
    private final List<Integer> bought = new ArrayList<>();
    private long second;

    /** @param plannedGoods on sale at the end where no good ever goes; the catalogue has as many more as go */
    ShopCrowd(ShopCatalogue catalogue, int plannedPurchases, int plannedGoods, ShopChanges changes, long seed) {
        this.catalogue = catalogue;
        this.plannedPurchases = plannedPurchases;
        this.plannedGoods = plannedGoods;
        this.changes = changes;
        random = new SplittableRandom(seed);
    }

    /** Customers so far. */
    int customers() {
        return owned.size();
    }

    Purchase next() {
        second += 1 + random.nextInt(2 * SECONDS_BETWEEN);
        int customer = customer();
        int event = bought.size() + 1;
        ShopTaste taste = changes.taste(customer, event);
        int fashion = changes.fashion(customer, event);
        int item = choose(customer, taste, fashion, event);
        owned.get(customer).add(item);
        bought.add(item);
        double liking = taste.liking(catalogue.good(item), fashion) + random.nextDouble() * 2 - 1;
        int stars = (int) Math.max(1, Math.min(5, Math.round(1.5 + liking * 0.6)));
        return new Purchase(customer, item, stars, second);
    }

    private int customer() {
        int active = Math.min(ACTIVE, owned.size());
        if (active == 0 || random.nextDouble() < NEW_CUSTOMER) {
            owned.add(new HashSet<>());
            return owned.size() - 1;
        }
        double skewed = random.nextDouble() * random.nextDouble();
        int slot = (int) (skewed * ACTIVE);
        // A slot belongs to the newest customer whose number ends in it, so every customer is followed by a new one.
        int newest = owned.size() - 1;
        int customer = newest - Math.floorMod(newest - slot, ACTIVE);
        return customer >= 0 ? customer : random.nextInt(active);
    }

    private int choose(int customer, ShopTaste taste, int fashion, int event) {
        Set<Integer> has = owned.get(customer);
        int gone = changes.gone(event, this::planned);
        int onSale = planned(event);
        int best = -1;
        double bestLiking = Double.NEGATIVE_INFINITY;
        for (int look = 0; look < LOOKED_AT || best < 0; look++) {
            boolean popular = look % 2 == 1 && !bought.isEmpty();
            int item = popular ? bought.get(random.nextInt(bought.size())) : gone + random.nextInt(onSale);
            double gumbel = -StrictMath.log(-StrictMath.log(nextOpen()));
            double liking = taste.liking(catalogue.good(item), fashion) + changes.wanted(item, event) + gumbel;
            if (item >= gone && !has.contains(item) && liking > bestLiking) {
                best = item;
                bestLiking = liking;
            }
        }
        return best;
    }

    /** How many goods are on sale: a tenth of those planned at the opening, all of them at the end. */
    private int planned(int event) {
        double share = 0.1 + 0.9 * (event - 1) / plannedPurchases;
        return Math.max(100, Math.min(plannedGoods, (int) (share * plannedGoods)));
    }

    /** Goods that go before the last purchase. */
    static int going(int plannedPurchases, int plannedGoods, ShopChanges changes) {
        var crowd = new ShopCrowd(new ShopCatalogue(0, 0), plannedPurchases, plannedGoods, changes, 0);
        return changes.gone(plannedPurchases, crowd::planned);
    }

    private double nextOpen() {
        return Math.max(Double.MIN_NORMAL, random.nextDouble());
    }
}
