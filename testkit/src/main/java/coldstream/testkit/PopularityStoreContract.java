package coldstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.PopularityStore;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every {@link PopularityStore} must do; each implementation's test extends this. */
public abstract class PopularityStoreContract {

    private static final ItemId ONE = new ItemId("one");
    private static final ItemId TWO = new ItemId("two");
    private static final ItemId ODD = new ItemId("{odd}: 3");

    /** A store nobody else uses, empty. */
    protected abstract PopularityStore emptyStore();

    @Test
    void ordersByCountMostPopularFirst() {
        PopularityStore store = emptyStore();

        store.putAll(Map.of(ONE, 5L, TWO, 7L, ODD, 1L));

        assertThat(store.top(10)).containsExactly(Map.entry(TWO, 7L), Map.entry(ONE, 5L), Map.entry(ODD, 1L));
    }

    @Test
    void returnsNoMoreThanAsked() {
        PopularityStore store = emptyStore();
        store.putAll(Map.of(ONE, 5L, TWO, 7L, ODD, 1L));

        assertThat(store.top(2)).containsOnlyKeys(TWO, ONE);
        assertThat(store.top(0)).isEmpty();
    }

    @Test
    void aLowerCountNeverReplacesAHigherOne() {
        PopularityStore store = emptyStore();
        store.putAll(Map.of(ONE, 5L));

        store.putAll(Map.of(ONE, 4L));
        assertThat(store.top(1)).containsEntry(ONE, 5L);

        store.putAll(Map.of(ONE, 6L));
        assertThat(store.top(1)).containsEntry(ONE, 6L);
    }

    @Test
    void isEmptyBeforeTheFirstCount() {
        PopularityStore store = emptyStore();

        store.putAll(Map.of());

        assertThat(store.top(10)).isEmpty();
    }
}
