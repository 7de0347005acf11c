package coldstream.scorer.candidates;

import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.Items.popularity;
import static coldstream.scorer.Items.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.scorer.Items;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidateBuilderTest {

    private static final int REQUESTS = 2_000;
    private static final int CATALOGUE = 3_000;

    /** The first 1,000 items have a known count, i0 the highest. */
    private static final Shelf SHELF = Shelf.of(ItemIndex.of(catalogue(CATALOGUE)), popularity(1_000));

    private final CandidateBuilder builder = new CandidateBuilder(CandidateRules.DEFAULTS, Closeness.UNKNOWN);
    private final CandidateBuilder neverHides =
            new CandidateBuilder(CandidateRules.DEFAULTS.withAuditShare(0), Closeness.UNKNOWN);
    private final CandidateBuilder alwaysHides =
            new CandidateBuilder(CandidateRules.DEFAULTS.withAuditShare(1), Closeness.UNKNOWN);

    @Test
    void asksAboutTwentyDifferentItems() {
        questions(builder, "i5", "i2500")
                .forEach(question ->
                        assertThat(question.candidates()).hasSize(20).doesNotHaveDuplicates());
    }

    @Test
    void neverAsksAboutWhatTheModelSeesInTheHistory() {
        questions(builder, "i1", "i2", "i3", "i4", "i5")
                .forEach(question -> assertThat(question.candidates()).doesNotContainAnyElementsOf(question.history()));
    }

    @Test
    void aHistoryItemIsACandidateOnlyWhenItIsTheHiddenOne() {
        questions(builder, "i1", "i2", "i3").forEach(question -> assertThat(ids(question.candidates()))
                .filteredOn(List.of(new ItemId("i1"), new ItemId("i2"), new ItemId("i3"))::contains)
                .containsExactlyElementsOf(question.hidden().stream().toList()));
    }

    @Test
    void mixesPopularAndTailItems() {
        questions(neverHides, "i5").forEach(question -> {
            assertThat(question.candidates().stream()
                            .filter(item -> number(item) < 200)
                            .count())
                    .isGreaterThanOrEqualTo(10);
            assertThat(question.candidates().stream()
                            .filter(item -> number(item) >= 800)
                            .count())
                    .isGreaterThanOrEqualTo(3);
        });
    }

    @Test
    void coversTheHints() {
        Question question = neverHides
                .question(request("r1", List.of(new ItemId("i2999"), new ItemId("nobody knows it")), "i5"), SHELF)
                .orElseThrow();

        assertThat(ids(question.candidates())).contains(new ItemId("i2999")).hasSize(20);
    }

    @Test
    void hidesTheLastItemAtTheSetShare() {
        double share = questions(builder, "i1", "i2").stream()
                        .filter(question -> question.hidden().isPresent())
                        .count()
                / (double) REQUESTS;

        assertThat(share).isEqualTo(0.25, within(0.03)); // three standard deviations of 2,000 draws
    }

    @Test
    void theHiddenItemIsACandidateAndGoneFromTheHistory() {
        questions(alwaysHides, "i1", "i700", "i40").forEach(question -> {
            assertThat(question.hidden()).contains(new ItemId("i40"));
            assertThat(ids(question.candidates())).contains(new ItemId("i40"));
            assertThat(ids(question.history())).containsExactly(new ItemId("i1"), new ItemId("i700"));
        });
    }

    @Test
    void aRepeatedLastItemIsHiddenEverywhere() {
        Question question =
                alwaysHides.question(request("r1", "i40", "i1", "i40"), SHELF).orElseThrow();

        assertThat(question.hidden()).contains(new ItemId("i40"));
        assertThat(ids(question.history())).containsExactly(new ItemId("i1"));
    }

    @Test
    void theHiddenItemStandsAmongItemsAboutAsPopular() {
        questions(alwaysHides, "i1", "i500").forEach(question -> assertThat(question.candidates().stream()
                        .filter(item -> Math.abs(number(item) - 500) <= 50 && number(item) != 500)
                        .count())
                .isGreaterThanOrEqualTo(CandidateRules.LIKE_HIDDEN));
    }

    @Test
    void aHiddenItemWithoutACountStandsAmongOthersWithoutOne() {
        questions(alwaysHides, "i1", "i2000").forEach(question -> assertThat(question.candidates().stream()
                        .filter(item -> number(item) >= 1_000 && number(item) != 2_000)
                        .count())
                .isGreaterThanOrEqualTo(CandidateRules.LIKE_HIDDEN));
    }

    @Test
    void aHistoryOfOneIsNeverHidden() {
        assertThat(questions(alwaysHides, "i1")).allSatisfy(question -> {
            assertThat(question.hidden()).isEmpty();
            assertThat(ids(question.history())).containsExactly(new ItemId("i1"));
        });
        assertThat(alwaysHides
                        .question(request("r", "i1", "i1"), SHELF)
                        .orElseThrow()
                        .hidden())
                .isEmpty();
    }

    @Test
    void anUnreadableLastItemIsNotReplacedByAnOlderOneAsProbe() {
        Question question = alwaysHides
                .question(request("r1", "i1", "i2", "nobody knows it"), SHELF)
                .orElseThrow();

        assertThat(question.hidden()).isEmpty();
        assertThat(ids(question.history())).containsExactly(new ItemId("i1"), new ItemId("i2"));
    }

    @Test
    void theHiddenItemStandsAnywhereInTheList() {
        double mean = questions(alwaysHides, "i1", "i500").stream()
                .mapToInt(question -> ids(question.candidates()).indexOf(new ItemId("i500")))
                .average()
                .orElseThrow();

        assertThat(mean).isEqualTo(9.5, within(0.4)); // σ of a uniform place in 20 is 5.8; three of 2,000 means
    }

    @Test
    void theSameRequestAsksTheSameQuestionAndAnotherOneAnother() {
        Optional<Question> question = builder.question(request("r1", "i1", "i2"), SHELF);

        assertThat(builder.question(request("r1", "i1", "i2"), SHELF)).isEqualTo(question);
        assertThat(builder.question(request("r2", "i1", "i2"), SHELF)).isNotEqualTo(question);
    }

    @Test
    void worksWithoutAnyPopularity() {
        Shelf unknown = Shelf.of(ItemIndex.of(catalogue(CATALOGUE)), Map.of());

        assertThat(alwaysHides
                        .question(request("r1", "i1", "i2"), unknown)
                        .orElseThrow()
                        .candidates())
                .hasSize(20);
    }

    @Test
    void asksAboutWhatThereIsInASmallCatalogue() {
        Shelf small = Shelf.of(ItemIndex.of(catalogue(4)), popularity(4));

        assertThat(neverHides.question(request("r1", "i1"), small).orElseThrow().candidates())
                .hasSizeBetween(2, 3)
                .doesNotHaveDuplicates();
    }

    @Test
    void asksNothingWithoutAReadableHistoryOrCandidates() {
        Shelf tiny = Shelf.of(ItemIndex.of(catalogue(2)), popularity(2));

        assertThat(builder.question(request("r1"), SHELF)).isEmpty();
        assertThat(builder.question(request("r1", "nobody knows it"), SHELF)).isEmpty();
        assertThat(builder.question(request("r1", "i0"), tiny)).isEmpty();
        assertThat(builder.question(request("r1", "i0"), Shelf.of(ItemIndex.EMPTY, Map.of())))
                .isEmpty();
    }

    @Test
    void aHistoryNewerThanTheShelfIsReadAndItsItemsNotProbed() {
        Item fresh = Items.item("fresh", "category 1");

        Question question = alwaysHides
                .question(request("r1", "i1", "fresh"), List.of(Items.item("i1", "category 1"), fresh), SHELF)
                .orElseThrow();

        assertThat(ids(question.history())).containsExactly(new ItemId("i1"), new ItemId("fresh"));
        assertThat(question.hidden()).isEmpty();
        assertThat(alwaysHides.question(request("r1", "fresh"), List.of(fresh), Shelf.of(ItemIndex.EMPTY, Map.of())))
                .isEmpty();
    }

    @Test
    void itemsWithoutATextAreNeverAskedAbout() {
        List<Item> items = new ArrayList<>(catalogue(30));
        IntStream.range(0, 30).forEach(i -> items.add(Item.unknown(new ItemId("blank" + i))));
        Shelf shelf = Shelf.of(ItemIndex.of(items), Map.of());

        assertThat(ids(neverHides
                        .question(request("r1", "i1"), shelf)
                        .orElseThrow()
                        .candidates()))
                .noneMatch(item -> item.value().startsWith("blank"));
    }

    private static List<Question> questions(CandidateBuilder builder, String... history) {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i -> builder.question(request("request-" + i, history), SHELF)
                        .orElseThrow())
                .toList();
    }

    private static List<ItemId> ids(List<Item> items) {
        return items.stream().map(Item::item).toList();
    }

    private static int number(Item item) {
        return Integer.parseInt(item.item().value().substring(1));
    }
}
