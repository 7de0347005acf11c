package coldstream.scorer.candidates;

import static coldstream.scorer.Items.audit;
import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.Items.popularity;
import static coldstream.scorer.Items.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.scorer.candidates.CandidateRules.Diversity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Each plan alone, and the probes: what a question is made of follows from the shares. */
class CandidatePlansTest {

    private static final int REQUESTS = 400;
    private static final int CATALOGUE = 3_000;

    /** The first 1,000 items have a known count, i0 the highest; i and i + 10 share a category. */
    private static final Shelf SHELF = Shelf.of(ItemIndex.of(catalogue(CATALOGUE)), popularity(1_000));

    /** Items whose numbers end alike are as close as texts can be, others are strangers. */
    private static final Closeness LAST_DIGIT = (one, other) -> number(one) % 10 == number(other) % 10 ? 1 : 0;

    private static CandidateBuilder builder(Shares shares, Diversity diversity, double cutShare, int leastShown) {
        return new CandidateBuilder(
                new CandidateRules(20, 200, shares, diversity, 0, cutShare, leastShown), LAST_DIGIT);
    }

    private static CandidateBuilder only(double popular, double diverse, double matched, double tail) {
        return builder(new Shares(popular, diverse, matched, tail), Diversity.VECTOR, 0.5, 1);
    }

    private static double mean(CandidateBuilder builder, ToDoubleFunction<List<Integer>> of) {
        return IntStream.range(0, REQUESTS)
                .mapToObj(i ->
                        builder.question(request("request-" + i, "i5"), SHELF).orElseThrow())
                .peek(question -> assertThat(question.candidates()).hasSize(20).doesNotHaveDuplicates())
                .mapToDouble(question -> of.applyAsDouble(question.candidates().stream()
                        .map(item -> number(item.item()))
                        .toList()))
                .average()
                .orElseThrow();
    }

    private static double share(List<Integer> numbers, int from, int to) {
        return numbers.stream().filter(number -> number >= from && number < to).count() / 20.0;
    }

    @Test
    void eachPlanGetsItsShare() {
        assertThat(mean(only(1, 0, 0, 0), numbers -> share(numbers, 0, 200))).isEqualTo(1);
        assertThat(mean(only(3, 0, 0, 1), numbers -> share(numbers, 0, 200))).isEqualTo(0.75, within(0.005));
        assertThat(mean(only(0, 0, 0, 1), numbers -> share(numbers, 800, CATALOGUE)))
                .isGreaterThan(0.99);
        assertThat(mean(only(1, 0, 0, 3), numbers -> share(numbers, 800, CATALOGUE)))
                .isEqualTo(0.75, within(0.01));
    }

    @Test
    void diversityByVectorCoversWhatUniformDrawsWouldNot() {
        ToDoubleFunction<List<Integer>> kinds = numbers ->
                numbers.stream().map(number -> number % 10).distinct().count();

        assertThat(mean(builder(new Shares(0, 1, 0, 1), Diversity.VECTOR, 0, 1), CandidatePlansTest::kindsOfFirst))
                .isGreaterThan(9.3); // ten places by vector of ten kinds; uniform draws of twenty cover 8.8
        assertThat(mean(only(0, 0, 0, 1), kinds)).isLessThan(9);
    }

    private static double kindsOfFirst(List<Integer> numbers) {
        return numbers.stream().map(number -> number % 10).distinct().count();
    }

    @Test
    void withoutVectorsDiversityStillFillsItsPlaces() {
        CandidateBuilder blind = new CandidateBuilder(
                new CandidateRules(20, 200, new Shares(0, 1, 0, 0), Diversity.VECTOR, 0, 0, 1), Closeness.UNKNOWN);

        assertThat(mean(blind, List::size)).isEqualTo(20);
    }

    @Test
    void matchedItemsComeInPairsAboutEquallyPopular() {
        double matched = mean(only(0, 0, 1, 0), CandidatePlansTest::withAPartner);
        double random = mean(only(0, 1, 0, 0), CandidatePlansTest::withAPartner);

        assertThat(matched).isGreaterThan(0.95);
        assertThat(random).isLessThan(0.85);
    }

    /** Share of the items of known count with another one within a tenth of its position, or six positions. */
    private static double withAPartner(List<Integer> numbers) {
        List<Integer> known = numbers.stream().filter(number -> number < 1_000).toList();
        return known.isEmpty()
                ? 1
                : known.stream()
                                .filter(one -> known.stream()
                                        .anyMatch(other -> !other.equals(one)
                                                && Math.abs(other - one) <= Math.max(6, Math.max(one, other) / 10)))
                                .count()
                        / (double) known.size();
    }

    @Test
    void aRequestMadeToMeasureAlwaysHidesTheLastItem() {
        CandidateBuilder neverOtherwise = builder(Shares.DEFAULTS, Diversity.CATEGORY, 0, 1);

        IntStream.range(0, REQUESTS).forEach(i -> {
            Question question = neverOtherwise
                    .question(audit("a" + i, "i1", "i2", "i3", "i4", "i700"), SHELF)
                    .orElseThrow();
            assertThat(question.hidden()).contains(new ItemId("i700"));
            assertThat(question.shown()).isEmpty();
            assertThat(question.history()).hasSize(4);
            assertThat(ids(question)).contains(new ItemId("i700")).doesNotContain(new ItemId("i1"));
        });
    }

    @Test
    void aShareOfThemIsCutToTheFewItemsBeforeTheHiddenOne() {
        CandidateBuilder half = builder(Shares.DEFAULTS, Diversity.CATEGORY, 0.5, 1);
        List<Question> cut = IntStream.range(0, 2_000)
                .mapToObj(i -> half.question(audit("a" + i, "i1", "i2", "i3", "i4", "i5", "i700"), SHELF)
                        .orElseThrow())
                .filter(question -> question.shown().isPresent())
                .toList();

        assertThat(cut.size() / 2_000.0).isEqualTo(0.5, within(0.034)); // three standard deviations
        Map<Integer, Long> bySize = cut.stream()
                .collect(Collectors.groupingBy(question -> question.history().size(), Collectors.counting()));
        assertThat(bySize).containsOnlyKeys(1, 2, 3);
        bySize.values().forEach(count -> assertThat(count / (double) cut.size()).isEqualTo(1.0 / 3, within(0.05)));
        cut.forEach(question -> {
            int shown = question.shown().orElseThrow();
            List<String> before = List.of("i3", "i4", "i5").subList(3 - shown, 3);
            assertThat(question.history())
                    .extracting(item -> item.item().value())
                    .isEqualTo(before);
            assertThat(question.hidden()).contains(new ItemId("i700"));
            assertThat(ids(question))
                    .contains(new ItemId("i700"))
                    .doesNotContain(new ItemId("i1"), new ItemId("i2"), new ItemId("i5"));
        });
    }

    @Test
    void aCutMayLeaveNothingWhereTheScorerNeedsNoHistory() {
        CandidateBuilder always = builder(Shares.DEFAULTS, Diversity.CATEGORY, 1, 0);

        assertThat(IntStream.range(0, REQUESTS)
                        .mapToObj(i -> always.question(audit("a" + i, "i1", "i2", "i3", "i4", "i5"), SHELF)
                                .orElseThrow())
                        .map(question -> question.history().size())
                        .distinct())
                .containsExactlyInAnyOrder(0, 1, 2, 3);
    }

    @Test
    void neitherAColdUsersHistoryNorOneNobodyMeasuresIsCut() {
        CandidateBuilder always = builder(Shares.DEFAULTS, Diversity.CATEGORY, 1, 1);

        Optional<Question> cold = always.question(audit("a", "i1", "i2", "i3", "i4"), SHELF);
        Optional<Question> asked = always.question(request("r", "i1", "i2", "i3", "i4", "i5", "i6"), SHELF);

        assertThat(cold.orElseThrow().shown()).isEmpty();
        assertThat(cold.orElseThrow().hidden()).contains(new ItemId("i4"));
        assertThat(asked.orElseThrow().shown()).isEmpty();
        assertThat(asked.orElseThrow().history()).hasSize(6);
    }

    private static List<ItemId> ids(Question question) {
        return question.candidates().stream().map(Item::item).toList();
    }

    private static int number(ItemId item) {
        return Integer.parseInt(item.value().substring(1));
    }
}
