package coldstream.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.UserId;
import coldstream.model.Draws;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which scores become pairs. */
class PairsTest {

    private static final Instant EARLY = World.time(0).minusSeconds(1);
    private static final UserId USER = new UserId("user-1");

    private final LearnerConfig config = LearnerConfig.defaults()
            .with("guidance", "s-llmr")
            .with("gate", "global")
            .with("dimension", "4");
    private final World world = new World(1, 10, 120);
    private final OnlineLearner learner = new OnlineLearner(config);

    PairsTest() {
        world.introduce(learner);
    }

    @AfterEach
    void close() {
        learner.close();
    }

    private static SoftScores scores(
            String request, Instant newest, long version, Optional<ItemId> hidden, int... items) {
        List<SoftScores.ItemScore> scores = new ArrayList<>();
        for (int k = 0; k < items.length; k++) {
            scores.add(new SoftScores.ItemScore(World.item(items[k]), 1.0 - k * 0.9 / items.length));
        }
        return new SoftScores(request, USER, scores, hidden, "m", "1", 1, newest, version, newest);
    }

    private int pairs(Sample... samples) {
        return learner.step(List.of(samples)).statistics().pairs();
    }

    @Test
    void withoutScoresThereAreNoPairs() {
        assertThat(pairs(world.sample("user-1", 1))).isZero();
    }

    @Test
    void anItemWithoutAScoreIsInNoPair() {
        learner.scores(scores("r", EARLY, 0, Optional.empty(), 50));
        assertThat(pairs(world.sample("user-1", 1))).isZero();
    }

    @Test
    void aPairTheResidualAlreadyOrdersPullsNoMore() {
        assertThat(activeHinges(0)).isPositive();
        assertThat(activeHinges(1_000)).isZero();
    }

    private double activeHinges(double trust) {
        try (OnlineLearner guided = new OnlineLearner(config.with("guidance", "s-llmr+residual"))) {
            world.introduce(guided);
            Arrays.fill(guided.residual.weights, trust);
            guided.residual.judge();
            guided.scores(scores("r", EARLY, 0, Optional.empty(), 50, 51, 52, 53));
            StepResult.Statistics statistics =
                    guided.step(List.of(world.sample("user-1", 1))).statistics();
            assertThat(statistics.pairs()).isPositive();
            return statistics.activeHinges();
        }
    }

    @Test
    void scoresAsOldAsTheEventDoNotSpeakForIt() {
        Sample sample = world.sample("user-1", 1);
        UserMemory user = new UserMemory(0);

        user.latest = learner.memory
                .remember(scores("r", sample.eventTime(), 0, Optional.empty(), 50, 51))
                .orElseThrow();
        assertThat(Speakers.speaking(learner.memory, user, 0, sample.eventTime()))
                .isNull();
        user.latest = learner.memory
                .remember(scores("r", sample.eventTime().minusNanos(1), 0, Optional.empty(), 50, 51))
                .orElseThrow();
        assertThat(Speakers.speaking(learner.memory, user, 0, sample.eventTime()))
                .isNotNull();
    }

    @Test
    void scoresGoStaleAfterTenMorePositives() {
        learner.scores(scores("r", EARLY, 0, Optional.empty(), 50, 51, 52));
        for (int k = 0; k <= 10; k++) {
            assertThat(pairs(world.sample("user-1", k))).isPositive();
        }
        assertThat(pairs(world.sample("user-1", 11))).isZero();
    }

    @Test
    void whatTheUserTookAndWhatAnAuditHidIsInNoPair() {
        learner.scores(scores("r", EARLY, 1, Optional.of(World.item(50)), 50, 51, 52));
        assertThat(pairs(world.sample("user-1", 51))).isZero();
    }

    @Test
    void anAnswerAskedWithALaterHistoryWaitsUntilTheSamplesHaveReachedIt() {
        learner.scores(scores("r", World.time(1), 2, Optional.empty(), 50, 51, 52));
        assertThat(pairs(world.sample("user-2", 7))).isZero();
        assertThat(pairs(world.sample("user-1", 1))).isZero();
        assertThat(learner.memory.queue.size()).isZero();
        assertThat(pairs(world.sample("user-1", 2))).isPositive();
        assertThat(learner.answers.early.all()).isEmpty();
    }

    @Test
    void aNarrowGapIsNoPair() {
        List<SoftScores.ItemScore> scores =
                List.of(new SoftScores.ItemScore(World.item(50), 0.50), new SoftScores.ItemScore(World.item(51), 0.50));
        learner.scores(new SoftScores("r", USER, scores, Optional.empty(), "m", "1", 1, EARLY, 0, EARLY));
        assertThat(pairs(world.sample("user-1", 1))).isZero();
    }

    @Test
    void aPairIsOfOneRequestAndPutsTheHigherScoreFirst() {
        learner.scores(scores("first", EARLY, 0, Optional.empty(), 50, 51, 52, 53));
        learner.scores(scores("second", EARLY, 0, Optional.empty(), 60, 61, 62, 63));
        PairPicker picker = new PairPicker(0.1, 6, 64);
        Draws draws = Draws.of(1);
        for (int k = 0; k < 200; k++) {
            ScoredRequest request = learner.memory.queue.get(k % 2);
            for (PairPicker.Pair pair : picker.draw(request, learner.memory.user(request.user()), draws)) {
                int better = request.find(pair.better());
                int worse = request.find(pair.worse());
                assertThat(better).isGreaterThanOrEqualTo(0);
                assertThat(worse).isGreaterThan(better);
                assertThat(request.scores().get(better))
                        .isGreaterThan(request.scores().get(worse));
            }
        }
    }

    @Test
    void aPairsItemsAreAsPopularAsEachOtherWhereThatIsAsked() {
        for (int k = 0; k < 40; k++) {
            learner.step(List.of(world.sample("user-" + k % 9, 60)));
        }
        learner.scores(scores("r", World.time(60), 0, Optional.empty(), 60, 61, 62));
        ScoredRequest request = learner.memory.queue.get(0);
        UserMemory user = new UserMemory(0);
        Draws draws = Draws.of(1);
        List<PairPicker.Pair> near = new PairPicker(0.1, 20, 1).draw(request, user, draws);
        List<PairPicker.Pair> any = new PairPicker(0.1, 20, 64).draw(request, user, draws);
        assertThat(near)
                .isNotEmpty()
                .allMatch(pair -> pair.better().count() == 0 && pair.worse().count() == 0);
        assertThat(any).isNotEmpty().allMatch(pair -> pair.better().count() == 40);
    }

    @Test
    void theWidestPairsOfARequestAreAtMostFourAndInOrder() {
        learner.scores(scores("r", EARLY, 0, Optional.empty(), 50, 51, 52, 53, 54, 55));
        List<PairPicker.Pair> pairs = new PairPicker(0.1, 6, 64).widest(learner.memory.queue.get(0), new UserMemory(0));
        assertThat(pairs).hasSize(PairPicker.WIDEST);
        assertThat(pairs.get(0).gap()).isEqualTo(1);
        assertThat(pairs.get(0).better().item()).isEqualTo(World.item(50));
        assertThat(pairs.get(0).worse().item()).isEqualTo(World.item(55));
        for (int k = 1; k < pairs.size(); k++) {
            assertThat(pairs.get(k).gap()).isLessThanOrEqualTo(pairs.get(k - 1).gap());
        }
    }

    /** Twelve scored items at hand make three pairs, and one at least is made of two. */
    @Test
    void theNumberOfWidestPairsFollowsTheScoredRowsAtHand() {
        try (OnlineLearner widest = new OnlineLearner(config.with("pair-choice", "widest"))) {
            world.introduce(widest);
            widest.scores(scores("r", EARLY, 0, Optional.empty(), 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61));
            assertThat(widest.step(List.of(world.sample("user-1", 1)))
                            .statistics()
                            .pairs())
                    .isEqualTo(3);
        }
        try (OnlineLearner widest = new OnlineLearner(config.with("pair-choice", "widest"))) {
            world.introduce(widest);
            widest.scores(scores("r", EARLY, 0, Optional.empty(), 50, 51));
            assertThat(widest.step(List.of(world.sample("user-1", 1)))
                            .statistics()
                            .pairs())
                    .isEqualTo(1);
        }
    }

    /** Of requests as wide as each other the freshest is replayed most, and of fresh ones the widest. */
    @Test
    void theReplayPrefersWideAndFreshScores() {
        Speakers speakers = new Speakers(learner.memory, true);
        for (int k = 0; k < 3; k++) {
            double range = k == 1 ? 0.1 : 0.9;
            learner.memory.remember(new SoftScores(
                    "r" + k,
                    new UserId("user-" + k),
                    List.of(
                            new SoftScores.ItemScore(World.item(50), range),
                            new SoftScores.ItemScore(World.item(51), 0)),
                    Optional.empty(),
                    "m",
                    "1",
                    1,
                    EARLY,
                    0,
                    EARLY));
        }
        int stale = learner.memory.number(new UserId("user-2"));
        learner.memory.user(stale).count = 9;
        int[] chosen = new int[3];
        Draws draws = Draws.of(5);
        for (int draw = 0; draw < 600; draw++) {
            for (Speakers.Speaker speaker : speakers.choose(List.of(), 1, any -> 1, draws)) {
                chosen[learner.memory.queue.get(0).user() == speaker.user() ? 0 : speaker.user() == stale ? 2 : 1]++;
            }
        }
        assertThat(chosen[0]).isGreaterThan(2 * chosen[1]).isGreaterThan(2 * chosen[2]);
        assertThat(chosen[1]).isPositive();
    }

    @Test
    void aStepTrainsAtMostTheSetNumberOfPairs() {
        for (int k = 0; k < 300; k++) {
            learner.scores(world.scores("user-" + k % 10, 0.9, false));
        }
        assertThat(pairs(world.batch(32).toArray(new Sample[0]))).isBetween(40, 64);
    }

    @Test
    void theQueueForgetsTheOldestScores() {
        LearnerConfig small = config.with("replay", "2");
        try (OnlineLearner forgetful = new OnlineLearner(small)) {
            world.introduce(forgetful);
            for (String user : List.of("user-1", "user-2", "user-3")) {
                forgetful.scores(world.scores(user, 1, false));
            }
            assertThat(forgetful.memory.queue.size()).isEqualTo(2);
            assertThat(forgetful.memory.user(0).latest).isNull();
            assertThat(forgetful.memory.user(2).latest).isNotNull();
        }
    }

    /** A right language model teaches what its pairs say, a hinge at a time. */
    @Test
    void pairsMoveTheStudentTowardsTheLanguageModel() {
        LearnerConfig strong = config.with("pair-weight", "1");
        World stream = new World(5, 40, 120);
        double first = 0;
        double last = 0;
        try (OnlineLearner guided = new OnlineLearner(strong)) {
            stream.introduce(guided);
            for (int step = 0; step < 60; step++) {
                for (int k = 0; k < 10; k++) {
                    guided.scores(stream.scores(stream.someUser(), 1, false));
                }
                double active = guided.step(stream.batch(16)).statistics().activeHinges();
                first += step >= 5 && step < 15 ? active : 0;
                last += step >= 50 ? active : 0;
            }
        }
        assertThat(last).isLessThan(first * 0.9);
    }
}
