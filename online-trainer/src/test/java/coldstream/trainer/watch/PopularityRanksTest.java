package coldstream.trainer.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The oracle fades every item's count with every positive, and ranks by counting. */
class PopularityRanksTest {

    private static final double FORGOTTEN = 0.25;

    private final PopularityRanks ranks = new PopularityRanks();
    private final Map<ItemId, Double> counts = new HashMap<>();
    private final Map<ItemId, Long> since = new HashMap<>();
    private final Random random = new Random(3);
    private long positives;

    private double faded(ItemId item) {
        double passed = (double) (positives - since.getOrDefault(item, 0L));
        return counts.getOrDefault(item, 0.0) * Math.pow(2, -passed / PopularityRanks.HALF_LIFE);
    }

    private void took(ItemId item) {
        double count = faded(item);
        counts.put(item, 1 + (count < FORGOTTEN ? 0 : count));
        since.put(item, positives++);
        ranks.took(item, 7);
    }

    private double rank(ItemId item) {
        double own = faded(item);
        if (own < FORGOTTEN) {
            return 0;
        }
        double less = 0;
        double known = 0;
        for (ItemId other : counts.keySet()) {
            double its = faded(other);
            known += its < FORGOTTEN ? 0 : 1;
            less += its < FORGOTTEN ? 0 : its < own ? 1 : its == own ? 0.5 : 0;
        }
        return less / known;
    }

    /** Few are wanted often: the k-th about as often as 1 / k. */
    private ItemId item(int catalogue) {
        return new ItemId("i" + (int) Math.pow(catalogue, random.nextDouble()));
    }

    @Test
    void aRankIsTheShareOfItemsTakenLessOfLate() {
        for (int k = 0; k < 3 * PopularityRanks.WARM_UP; k++) {
            took(item(2_000));
        }
        for (int k = 0; k < 200; k++) {
            ItemId item = item(2_000);
            assertThat(ranks.rank(item)).as("%s", item).isEqualTo(rank(item), within(0.12));
        }
        assertThat(ranks.rank(new ItemId("nobody's"))).isZero();
        assertThat(ranks.rank(new ItemId("i1"))).isGreaterThan(0.98);
    }

    @Test
    void ranksKeepTheirDistributionWhileAShopGrowsAndHoweverLongItRuns() {
        double early = mean(PopularityRanks.WARM_UP, 2_000);
        double later = mean(100_000, 2_000);
        double muchLater = mean(2_000_000, 2_000);
        assertThat(later).isEqualTo(early, within(0.03));
        assertThat(muchLater).isEqualTo(later, within(0.02));
    }

    /** Mean rank of what is taken next, so many positives after the first. */
    private double mean(int after, int catalogue) {
        while (positives < after) {
            positives++;
            ranks.took(item(catalogue), 7);
        }
        double sum = 0;
        for (int k = 0; k < 2_000; k++) {
            ItemId item = item(catalogue);
            sum += ranks.rank(item);
            positives++;
            ranks.took(item, 7);
        }
        return sum / 2_000;
    }

    @Test
    void whatWasNotedOfAnItemIsForgottenWithIt() {
        ItemId once = new ItemId("once");
        ranks.took(once, 7);
        assertThat(ranks.note(once, -2)).isEqualTo(7);
        for (int k = 0; k < PopularityRanks.WARM_UP + 200; k++) {
            ranks.took(new ItemId("another"), 3);
        }
        assertThat(ranks.note(once, -2)).isEqualTo(-2);
        assertThat(ranks.note(new ItemId("another"), -2)).isEqualTo(3);
    }

    @Test
    void nothingIsSaidBeforeEverythingKnownIsOfLate() {
        for (int k = 0; k < PopularityRanks.WARM_UP; k++) {
            assertThat(ranks.ready()).isFalse();
            ranks.took(item(100), 7);
        }
        assertThat(ranks.ready()).isTrue();
    }
}
