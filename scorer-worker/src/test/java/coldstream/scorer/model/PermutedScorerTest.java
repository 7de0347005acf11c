package coldstream.scorer.model;

import static coldstream.scorer.Items.catalogue;
import static coldstream.scorer.model.Asking.saying;
import static coldstream.scorer.model.Asking.scores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.LanguageModelScorer;
import coldstream.domain.LanguageModelScorer.Fault;
import coldstream.domain.LanguageModelScorer.Refused;
import coldstream.domain.LanguageModelScorer.Scored;
import coldstream.domain.LanguageModelScorer.Source;
import coldstream.domain.LanguageModelScorer.TryAgain;
import coldstream.domain.LanguageModelScorer.Usage;
import coldstream.testkit.chat.ChatMind;
import coldstream.testkit.chat.ChatReplies;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PermutedScorerTest {

    private static final List<Item> HISTORY = catalogue(1);
    private static final List<Item> TWENTY = catalogue(20);
    private static final Source SOURCE = new Source("m", "p", 1);

    private final Asking asking = new Asking();
    private final PositionBias bias = new PositionBias(asking.metrics);

    @AfterEach
    void stop() {
        asking.close();
    }

    /** A favour that falls evenly from .3 to 0 adds .15 to everybody once an order and its reverse are averaged. */
    @Test
    void anOrderAndItsReverseCancelWhatHangsOnThePosition() {
        ChatMind fair = (prompt, label) -> 0.1
                + 0.02
                        * Math.floorMod(
                                prompt.candidates().getOrDefault(label, "").hashCode(), 20);
        asking.endpoint.always(ChatReplies.thinking(fair));
        List<Double> truth = scores(asking.list().score(HISTORY, TWENTY));
        asking.endpoint.always(ChatReplies.thinking(ChatMind.preferringTheFirst(0.3, fair)));

        List<Double> once = scores(permuted(asking.list(), 1).score(HISTORY, TWENTY));
        List<Double> twice = scores(permuted(asking.list(), 2).score(HISTORY, TWENTY));

        assertThat(once.get(0) - truth.get(0)).as("the model is biased").isEqualTo(0.3, within(1e-9));
        for (int i = 0; i < truth.size(); i++) {
            assertThat(twice.get(i) - truth.get(i)).isEqualTo(0.15, within(1e-9));
        }
    }

    @Test
    void theOrdersAreDifferentWholeAndTheSameEveryTime() {
        List<List<Integer>> orders = PermutedScorer.orders(TWENTY, 6);

        Set<List<Integer>> different = new HashSet<>(orders);
        assertThat(different).hasSize(6);
        orders.forEach(order -> assertThat(new HashSet<>(order)).hasSize(20));
        assertThat(PermutedScorer.orders(TWENTY, 6)).isEqualTo(orders);
        List<Integer> reversed = new ArrayList<>(orders.get(2));
        Collections.reverse(reversed);
        assertThat(orders.get(3)).isEqualTo(reversed);
    }

    @Test
    void costsAddUpAndTheNumberOfOrdersIsSaid() {
        LanguageModelScorer scorer = saying((history, candidates) ->
                new Scored(Collections.nCopies(20, 0.5), SOURCE, new Usage(10, 3, 1, Duration.ofMillis(5))));

        Scored scored = (Scored) permuted(scorer, 4).score(HISTORY, TWENTY);

        assertThat(scored.source()).isEqualTo(new Source("m", "p", 4));
        assertThat(scored.usage()).isEqualTo(new Usage(40, 12, 4, Duration.ofMillis(20)));
    }

    @Test
    void whatWasScoredBeforeAFailureCountsAndAFailureAtOnceIsTheOutcome() {
        AtomicInteger calls = new AtomicInteger();
        LanguageModelScorer scorer = saying((history, candidates) -> calls.incrementAndGet() % 3 == 0
                ? new TryAgain(Fault.RATE_LIMITED, "slow down")
                : new Scored(Collections.nCopies(20, 0.5), SOURCE, Usage.NONE));

        assertThat(((Scored) permuted(scorer, 4).score(HISTORY, TWENTY))
                        .source()
                        .permutations())
                .isEqualTo(2);
        assertThat(calls).as("a limit that is hit is not hit again").hasValue(3);
        LanguageModelScorer refusing = saying((history, candidates) -> new Refused(Fault.UNREADABLE, "no", Usage.NONE));
        assertThat(permuted(refusing, 4).score(HISTORY, TWENTY)).isInstanceOf(Refused.class);
    }

    @Test
    void aCandidateMissingFromOneOrderHasTheMeanOfTheOthers() {
        LanguageModelScorer scorer = saying((history, candidates) -> {
            List<Double> scores = new ArrayList<>();
            candidates.forEach(candidate -> scores.add(candidate.equals(TWENTY.get(7)) ? 0.25 : 0.75));
            scores.set(0, Double.NaN); // whoever stands first is left out
            return new Scored(scores, SOURCE, Usage.NONE);
        });

        List<Double> scores = scores(permuted(scorer, 2).score(HISTORY, TWENTY));

        assertThat(scores.get(7)).isEqualTo(0.25);
        assertThat(scores).doesNotContain(Double.NaN);
    }

    @Test
    void theBiasIsMeasuredAndItsAbsenceToo() {
        LanguageModelScorer fair = random(0);
        LanguageModelScorer biased = random(0.4);

        PositionBias none = new PositionBias(asking.metrics);
        for (int i = 0; i < 400; i++) {
            new PermutedScorer(fair, 1, none).score(HISTORY, TWENTY);
            permuted(biased, 1).score(HISTORY, TWENTY);
        }

        assertThat(bias.spread()).isEqualTo(0.4, within(0.1));
        assertThat(none.spread()).isLessThan(0.1);
        assertThat(asking.meters
                        .get("coldstream.llm.position.score")
                        .tag("position", "20")
                        .summary()
                        .count())
                .isEqualTo(800);
        assertThat(asking.meters.get("coldstream.llm.position.bias").gauge().value())
                .isEqualTo(bias.spread(), within(1e-12)); // the first of that name is the one registered
    }

    /** Scores by chance, and up to {@code lift} more the earlier a candidate stands. */
    private static LanguageModelScorer random(double lift) {
        Random random = new Random(3);
        return saying((history, candidates) -> {
            List<Double> scores = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                scores.add(0.5 * random.nextDouble() + lift * (19 - i) / 19.0);
            }
            return new Scored(scores, SOURCE, Usage.NONE);
        });
    }

    private PermutedScorer permuted(LanguageModelScorer scorer, int permutations) {
        return new PermutedScorer(scorer, permutations, bias);
    }
}
