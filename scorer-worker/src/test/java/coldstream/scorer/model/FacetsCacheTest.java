package coldstream.scorer.model;

import static coldstream.scorer.model.Asking.titled;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Item;
import java.util.List;
import org.junit.jupiter.api.Test;

class FacetsCacheTest {

    private final FacetsCache cache = new FacetsCache(3);

    @Test
    void facetsAreMadeOnceAndAnewWhenTheItemChanged() {
        Item before = titled("a", "Green tea");
        Item after = titled("a", "Black tea");

        assertThat(cache.of(before)).isSameAs(cache.of(titled("a", "Green tea")));
        assertThat(cache.of(after)).isEqualTo(Facets.of(after));
        assertThat(cache.of(List.of(before, after))).containsExactly(Facets.of(before), Facets.of(after));
    }

    @Test
    void theItemsShownLastAreKept() {
        for (int i = 0; i < 1_000; i++) {
            cache.of(titled("i" + i, "title " + i));
        }

        assertThat(cache.size()).isEqualTo(3);
    }
}
