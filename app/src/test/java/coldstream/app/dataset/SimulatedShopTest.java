package coldstream.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class SimulatedShopTest {

    private static final SimulatedShop SHOP = new SimulatedShop(8_000, 1);
    private static final List<Interaction> EVENTS = SHOP.interactions().toList();

    @Test
    void theSameSeedGivesTheSameShopAndAnotherSeedAnother() {
        assertThat(new SimulatedShop(8_000, 1).interactions().toList()).isEqualTo(EVENTS);
        assertThat(new SimulatedShop(8_000, 1).items().toList())
                .isEqualTo(SHOP.items().toList());
        assertThat(new SimulatedShop(8_000, 2).interactions().toList()).isNotEqualTo(EVENTS);
    }

    @Test
    void itsSummaryCountsWhatItStreams() {
        assertThat(SHOP.summary())
                .isEqualTo(new DataSet.Summary(
                        EVENTS.size(),
                        EVENTS.stream().map(Interaction::user).distinct().count(),
                        SHOP.items().count()));
    }

    @Test
    void timesNeverGoBackAndNobodyTakesAnItemTwice() {
        Set<String> taken = new HashSet<>();
        Interaction before = EVENTS.get(0);
        for (Interaction event : EVENTS) {
            assertThat(event.timestamp()).isAfterOrEqualTo(before.timestamp());
            assertThat(taken.add(event.user() + " " + event.item())).isTrue();
            before = event;
        }
    }

    @Test
    void newCustomersAndNewItemsArriveInEveryPartOfTheStream() {
        Set<UserId> users = new HashSet<>();
        Set<ItemId> items = new HashSet<>();
        for (int part = 0; part < 8; part++) {
            int newUsers = 0;
            int newItems = 0;
            for (Interaction event : EVENTS.subList(part * 1_000, (part + 1) * 1_000)) {
                newUsers += users.add(event.user()) ? 1 : 0;
                newItems += items.add(event.item()) ? 1 : 0;
            }
            assertThat(newUsers).as("new customers in part %d", part).isBetween(80, 250);
            assertThat(newItems).as("new items in part %d", part).isBetween(20, 250);
        }
    }

    @Test
    void customersChooseByTheirTaste() {
        Map<ItemId, Item> catalogue = SHOP.items().collect(Collectors.toMap(Item::item, item -> item));
        long inFirstDepartment = EVENTS.stream()
                .filter(event -> {
                    String liked = ShopVocabulary.DEPARTMENTS
                            .get(SHOP.taste(event.user()).firstDepartment())
                            .name();
                    return Objects.requireNonNull(catalogue.get(event.item()))
                            .categories()
                            .contains(liked);
                })
                .count();

        assertThat((double) inFirstDepartment / EVENTS.size()).isBetween(0.5, 0.95);
    }

    @Test
    void everyItemHasATextOfItsOwnThatNamesItsShelfAndStyle() {
        Map<String, Integer> texts = new HashMap<>();
        SHOP.items().forEach(item -> {
            texts.merge(item.text() + item.description(), 1, Integer::sum);
            assertThat(item.title()).isNotBlank();
            assertThat(item.categories()).hasSize(2);
        });

        assertThat(texts.size()).isGreaterThan((int) (SHOP.items().count() * 0.9));
    }

    @Test
    void starsUseTheWholeScale() {
        assertThat(EVENTS.stream().map(event -> event.value().getAsDouble()).collect(Collectors.toSet()))
                .contains(2.0, 3.0, 4.0, 5.0);
    }
}
