package coldstream.app.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.Drift.Kind;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each drift is seen from outside, in the events alone, and from its first event on only. */
final class ShopDriftsTest {

    private static final int EVENTS = 6_000;
    private static final SimulatedShop STEADY = new SimulatedShop(EVENTS, 3);
    private static final List<Interaction> USUAL = STEADY.interactions().toList();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void upToItsFirstEventAShopIsTheOneWithoutADrift(Kind kind) {
        SimulatedShop shop = shop(Drift.of(kind).toString());
        Change change = Change.of(shop).get(0);

        List<Interaction> events = shop.interactions().toList();

        assertThat(events).hasSize(EVENTS);
        int before = change.firstEvent() - 1;
        assertThat(before).isEqualTo(EVENTS / 2);
        assertThat(events.subList(0, before)).isEqualTo(USUAL.subList(0, before));
        assertThat(events.equals(USUAL)).isEqualTo(kind == Kind.LANGUAGE_MODEL);
        assertThat(shop.items().toList()).startsWith(STEADY.items().toArray(Item[]::new));
        assertThat(shop.summary().users())
                .isEqualTo(events.stream().map(Interaction::user).distinct().count());
    }

    @Test
    void tastesGoAtOnceOrOneAfterTheOtherOrBackAndForth() {
        double usual = liked(USUAL.subList(3_000, EVENTS));
        List<Interaction> sudden = events("sudden@0.5");
        List<Interaction> gradual = events("gradual@0.5-1");
        List<Interaction> recurring = events("recurring@0.5");

        assertThat(usual).isGreaterThan(0.45);
        assertThat(liked(sudden.subList(3_000, 3_400))).isLessThan(0.3);
        assertThat(liked(sudden.subList(5_600, EVENTS))).isLessThan(0.3);
        assertThat(liked(gradual.subList(3_000, 3_400))).isGreaterThan(0.4);
        assertThat(liked(gradual.subList(5_600, EVENTS))).isLessThan(0.35);
        assertThat(liked(recurring.subList(3_000, 3_600))).as("other").isLessThan(0.3);
        assertThat(liked(recurring.subList(3_600, 4_200))).as("back").isGreaterThan(0.45);
        assertThat(liked(recurring.subList(4_200, 4_800))).as("other again").isLessThan(0.3);
    }

    @Test
    void aShockMakesFewGoodsWhatManyTakeUntilItIsOver() {
        List<Interaction> events = events("popularity-shock@0.5-0.6");

        double during = ofTheMostTaken(events.subList(3_000, 3_600));
        assertThat(during).isGreaterThan(2 * ofTheMostTaken(USUAL.subList(3_000, 3_600)));
        assertThat(ofTheMostTaken(events.subList(4_200, 4_800))).isLessThan(during / 1.5);
    }

    @Test
    void whatARenewalTookOutIsNeverTakenAgain() {
        List<Interaction> events = events("catalogue-renewal@0.5");
        Set<ItemId> before = items(events.subList(0, 3_000));
        long old = events.subList(3_000, EVENTS).stream()
                .filter(event -> before.contains(event.item()))
                .count();
        long usual = USUAL.subList(3_000, EVENTS).stream()
                .filter(event -> before.contains(event.item()))
                .count();

        assertThat(old).isBetween(1L, usual / 3);
    }

    @Test
    void delayedEventsComeTwoDaysLateAndNoneIsLost() {
        List<Interaction> events = events("label-delay@0.5-0.9");
        Instant now = Instant.MIN;
        int late = 0;
        for (Interaction event : events) {
            if (event.timestamp().isBefore(now)) {
                assertThat(Duration.between(event.timestamp(), now)).isBetween(Duration.ofDays(1), Duration.ofDays(2));
                late++;
            } else {
                now = event.timestamp();
            }
        }

        assertThat(late).isBetween(1_000, 1_200);
        assertThat(events).containsExactlyInAnyOrderElementsOf(USUAL);
    }

    @Test
    void aBrokenProducerNamesSessionsUntilItIsMended() {
        List<Interaction> events = events("broken-field@0.5-0.8");
        Predicate<Interaction> broken = event -> event.user().value().startsWith("s");

        assertThat(events.subList(3_000, 4_800).stream().filter(broken).count()).isEqualTo(600);
        assertThat(events.stream().filter(broken).count()).isEqualTo(600);
        assertThat(items(events)).isEqualTo(items(USUAL));
    }

    private static SimulatedShop shop(String drift) {
        return new SimulatedShop(EVENTS, 3, List.of(Drift.parse(drift)));
    }

    private static List<Interaction> events(String drift) {
        return shop(drift).interactions().toList();
    }

    private static Set<ItemId> items(List<Interaction> events) {
        return events.stream().map(Interaction::item).collect(Collectors.toCollection(HashSet::new));
    }

    /** Share of the events in the department their customers liked most at the opening. */
    private static double liked(List<Interaction> events) {
        Map<ItemId, Item> catalogue = STEADY.items().collect(Collectors.toMap(Item::item, item -> item));
        return (double) events.stream()
                        .filter(event -> Objects.requireNonNull(catalogue.get(event.item()))
                                .categories()
                                .contains(ShopVocabulary.DEPARTMENTS
                                        .get(STEADY.taste(event.user()).firstDepartment())
                                        .name()))
                        .count()
                / events.size();
    }

    /** Share of the events that take one of the ten items taken most. */
    private static double ofTheMostTaken(List<Interaction> events) {
        Map<ItemId, Long> counts =
                events.stream().collect(Collectors.groupingBy(Interaction::item, Collectors.counting()));
        return counts.values().stream()
                        .sorted(java.util.Comparator.reverseOrder())
                        .limit(10)
                        .mapToLong(Long::longValue)
                        .sum()
                / (double) events.size();
    }
}
