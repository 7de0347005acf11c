package coldstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import coldstream.domain.ItemPriorStore;
import coldstream.domain.ItemPriorStore.Sum;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** What every {@link ItemPriorStore} must do; each implementation's test extends this. */
public abstract class ItemPriorStoreContract {

    private static final ItemId TEA = new ItemId("tea: green, {loose} %s");
    private static final ItemId POT = new ItemId("pot");
    private static final Offset<Double> EXACT = within(1e-12);

    /** A store nobody else uses, empty, for so many items. */
    protected abstract ItemPriorStore emptyStore(int most);

    @Test
    void addsUpWhatEachRequestBringsItemByItem() {
        ItemPriorStore store = emptyStore(100);

        store.observe(Map.of(TEA, 0.1, POT, -0.25));
        store.observe(Map.of(TEA, 0.2));

        Map<ItemId, Sum> found = store.find(List.of(TEA, POT, new ItemId("nobody asked")));
        assertThat(found).containsOnlyKeys(TEA, POT);
        assertThat(found.getOrDefault(TEA, Sum.NONE).deviations()).isEqualTo(0.1 + 0.2, EXACT);
        assertThat(found.getOrDefault(TEA, Sum.NONE).count()).isEqualTo(2);
        assertThat(found.getOrDefault(POT, Sum.NONE).deviations()).isEqualTo(-0.25, EXACT);
    }

    /** The formula by itself: after 64 scores each new one takes a 64th from what is known. */
    @Test
    void whatWasLongAgoFades() {
        ItemPriorStore store = emptyStore(100);
        double sum = 0;
        double count = 0;

        for (int i = 0; i < 200; i++) {
            double deviation = Math.sin(i);
            store.observe(Map.of(TEA, deviation));
            double keep = count >= 64 ? 63.0 / 64 : 1;
            sum = keep * sum + deviation;
            count = keep * count + 1;
        }

        Sum found = store.find(List.of(TEA)).getOrDefault(TEA, Sum.NONE);
        assertThat(found.deviations()).isEqualTo(sum, EXACT);
        assertThat(found.count()).isEqualTo(count, EXACT).isLessThan(65);
    }

    @Test
    void keepsNoMoreItemsThanItsBound() {
        ItemPriorStore store = emptyStore(20);
        List<ItemId> all =
                IntStream.range(0, 200).mapToObj(i -> new ItemId("i" + i)).toList();

        all.forEach(item -> store.observe(Map.of(item, 0.5)));

        assertThat(store.find(all)).hasSize(20);
    }

    @Test
    void nothingIsAllowed() {
        ItemPriorStore store = emptyStore(1);

        store.observe(Map.of());

        assertThat(store.find(List.of())).isEmpty();
    }
}
