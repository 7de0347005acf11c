package coldstream.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ItemTest {

    @Test
    void textIsTitleThenCategories() {
        assertThat(item("Heat", List.of("Crime", "Drama"), "", "").text()).isEqualTo("Heat. Crime, Drama");
    }

    @Test
    void brandAndKeywordsStandInForAMissingTitle() {
        Item item = item("", List.of("Camping"), "Acme", "tent two people");

        assertThat(item.text()).isEqualTo("Acme tent two people. Camping");
        assertThat(item.displayName()).isEqualTo("Acme tent two people");
    }

    @Test
    void anItemKnownByIdAloneHasNoText() {
        Item item = Item.unknown(new ItemId("i7"));

        assertThat(item.text()).isEmpty();
        assertThat(item.displayName()).isEqualTo("i7");
    }

    @Test
    void theDescriptionStandsInWhereThereIsNothingElse() {
        Item item = new Item(
                new ItemId("i1"), " ", List.of(), Optional.empty(), Optional.of(" A tent for two. "), Map.of());

        assertThat(item.text()).isEqualTo("A tent for two.");
    }

    @Test
    void textIsBounded() {
        assertThat(item("x".repeat(1_000), List.of(), "", "").text()).hasSize(Item.MAX_TEXT);
    }

    private static Item item(String title, List<String> categories, String brand, String keywords) {
        return new Item(
                new ItemId("i1"),
                title,
                categories,
                Optional.of(brand),
                Optional.empty(),
                keywords.isEmpty() ? Map.of() : Map.of("keywords", keywords));
    }
}
