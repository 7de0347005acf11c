package coldstream.scorer.model;

import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.model.Asking.saying;
import static coldstream.scorer.model.Asking.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemPriorStore.Sum;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.Source;
import coldstream.domain.LanguageModelScorer.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WithoutPriorTest {

    private final Asking asking = new Asking();

    @AfterEach
    void stop() {
        asking.close();
    }

    /** A model that gives i0 .4 more than the others whoever asks, and the user's favourite .2 more. */
    @Test
    void whatAnItemGetsWhoeverAsksIsTakenAwayAndWhatTheUserAddsIsNot() {
        LanguageModelScorer scorer = Asking.without(new ItemPrior(1_000, asking.metrics), famous());
        List<Item> items = catalogue(10);

        for (int user = 0; user < 300; user++) {
            scorer.score(List.of(items.get(user % 10)), items);
        }
        List<Double> scores = scores(scorer.score(List.of(items.get(4)), items));

        assertThat(scores.get(0)).as("famous").isEqualTo(scores.get(7), within(0.05));
        assertThat(scores.get(4)).as("the user's").isEqualTo(scores.get(7) + 0.2, within(0.05));
    }

    @Test
    void thePriorIsThePulledMeanOfTheDeviationsBefore() {
        ItemPrior prior = new ItemPrior(10, asking.metrics);
        ItemId item = new ItemId("a");

        assertThat(of(prior, item)).isZero();
        prior.observe(Map.of(item, 0.5));
        prior.observe(Map.of(item, 0.3));
        assertThat(of(prior, item)).isEqualTo(0.8 / 6, within(1e-12));
        for (int i = 0; i < 10_000; i++) {
            prior.observe(Map.of(item, -0.2));
        }
        assertThat(of(prior, item)).as("what was long ago is forgotten").isEqualTo(-0.2 * 64 / 68, within(1e-3));
    }

    @Test
    void aRequestIsCorrectedByThoseBeforeItOnly() {
        LanguageModelScorer scorer = Asking.without(new ItemPrior(10, asking.metrics), famous());
        List<Item> items = catalogue(10);

        assertThat(scores(scorer.score(List.of(items.get(4)), items)))
                .isEqualTo(scores(famous().score(List.of(items.get(4)), items)));
    }

    @Test
    void remembersSoManyItemsAndForgetsTheOneNotSeenForLongest() {
        ItemPrior prior = new ItemPrior(3, asking.metrics);

        for (int i = 0; i < 100_000; i++) {
            prior.observe(Map.of(new ItemId("i" + i), 0.5));
            prior.observe(Map.of(new ItemId("often"), 0.5));
        }

        assertThat(prior.size()).isEqualTo(3);
        assertThat(of(prior, new ItemId("i5"))).isZero();
        assertThat(of(prior, new ItemId("often"))).isGreaterThan(0.4);
        assertThat(asking.meters.get("coldstream.llm.prior.items").gauge().value())
                .isEqualTo(3);
    }

    @Test
    void scoresStayInRangeAndMissingOnesMissing() {
        LanguageModelScorer scorer = Asking.without(
                new ItemPrior(10, asking.metrics),
                saying((history, candidates) -> scored(List.of(1.0, 0.0, Double.NaN, 0.0))));
        for (int i = 0; i < 50; i++) {
            scorer.score(catalogue(1), catalogue(4));
        }

        assertThat(scores(scorer.score(catalogue(1), catalogue(4)))).satisfies(scores -> {
            assertThat(scores.get(2)).isNaN();
            assertThat(scores.get(0)).isBetween(0.0, 1.0);
            assertThat(scores.get(1)).isBetween(0.0, 1.0);
        });
    }

    @Test
    void whatTheModelGaveStaysBesideWhatIsMadeOfIt() {
        LanguageModelScorer scorer = new RefinedScorer(
                saying((history, candidates) -> scored(List.of(0.7, 0.9, Double.NaN, 0.8))),
                List.of((candidates, scores) -> Scale.MIN_MAX.of(scores)));

        Scored scored = (Scored) scorer.score(catalogue(1), catalogue(4));

        assertThat(scored.raw()).containsExactly(0.7, 0.9, Double.NaN, 0.8);
        assertThat(scored.scores().get(0)).isZero();
        assertThat(scored.scores().get(1)).isEqualTo(1);
        assertThat(scored.scores().get(3)).isEqualTo(0.5, within(1e-12));
    }

    private static double of(ItemPrior prior, ItemId item) {
        return ItemPrior.of(prior.find(List.of(item)).getOrDefault(item, Sum.NONE));
    }

    private static LanguageModelScorer famous() {
        return saying((history, candidates) -> {
            List<Double> scores = new ArrayList<>();
            for (Item candidate : candidates) {
                double famous = candidate.item().value().equals("i0") ? 0.4 : 0;
                scores.add(0.3 + famous + (history.contains(candidate) ? 0.2 : 0));
            }
            return scored(scores);
        });
    }

    private static Scored scored(List<Double> scores) {
        return new Scored(scores, new Source("m", "p", 1), Usage.NONE);
    }
}
