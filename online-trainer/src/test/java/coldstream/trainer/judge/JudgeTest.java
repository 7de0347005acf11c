package coldstream.trainer.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Evidence;
import coldstream.domain.ItemId;
import coldstream.domain.PairedMetrics;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserId;
import coldstream.testkit.Await;
import coldstream.trainer.learning.StepResult;
import coldstream.wire.Comparison;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JudgeTest {

    private static final Duration LIMIT = Await.LIMIT;
    private static final Duration OFTEN = Duration.ofMillis(100);
    private static final Comparison CANDIDATE = new Comparison("2", "1");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final FakeTribunal tribunal = new FakeTribunal();
    private final Judge judge = judge(1, meters);
    private long step;

    private Judge judge(double share) {
        return judge(share, new SimpleMeterRegistry());
    }

    private Judge judge(double share, SimpleMeterRegistry registry) {
        var config = new JudgeConfig(share, 8_192, OFTEN, OFTEN);
        return new Judge("ctr", config, tribunal, new JudgeMetrics(registry), InstantSource.fixed(Instant.EPOCH));
    }

    @AfterEach
    void close() {
        judge.close();
    }

    @Test
    void whatTwoVersionsPredictForTheSameEventsBecomesEvidence() {
        tribunal.with("1", 0, JudgeTest::wrong).with("2", 0, JudgeTest::right).comparing(CANDIDATE);
        begin();

        show(10);

        Evidence evidence = evidence(CANDIDATE);
        assertThat(overall(evidence).auc()).isEqualTo(1);
        assertThat(overall(evidence).baselineAuc()).isZero();
        assertThat(overall(evidence).events()).isEqualTo(10);
        assertThat(evidence.fromOffsets()).isEqualTo(Map.of("samples-0", 1_000L));
        assertThat(evidence.toOffsets()).isEqualTo(Map.of("samples-0", 1_010L));
        assertThat(evidence.steps()).isEqualTo(1);
    }

    @Test
    void theLiveWeightsAreMeasuredByWhatTheyPredictedBeforeTheyLearnt() {
        var live = new Comparison(Evidence.LIVE, "1");
        tribunal.with("1", 0, JudgeTest::wrong).comparing(live);
        begin();

        show(10); // live logits are 1 for the item and 0 for the others

        assertThat(overall(evidence(live)).auc()).isEqualTo(1);
        assertThat(overall(evidence(live)).logloss())
                .isEqualTo((Math.log1p(Math.exp(-1)) + Math.log(2)) / 2, within(1e-6));
    }

    @Test
    void aVersionIsMeasuredOnNothingItMayHaveLearntFrom() {
        tribunal.with("1", 0, JudgeTest::wrong)
                .with("2", 1_010, JudgeTest::right)
                .comparing(CANDIDATE);
        begin();

        show(10); // from offset 1000, which version 2 has learnt
        Await.until("the step was looked at", LIMIT, () -> count("learnt") == 1);
        assertThat(tribunal.submitted).isEmpty();

        show(10); // from offset 1010, which it has not

        assertThat(evidence(CANDIDATE).fromOffsets()).isEqualTo(Map.of("samples-0", 1_010L));
        assertThat(overall(evidence(CANDIDATE)).events()).isEqualTo(10);
    }

    @Test
    void weightsThatPredictNoNumberAreAsWrongAsCanBe() {
        tribunal.with("1", 0, item -> 0).with("2", 0, item -> Double.NaN).comparing(CANDIDATE);
        begin();

        show(10);

        assertThat(overall(evidence(CANDIDATE)).auc()).isZero();
        assertThat(overall(evidence(CANDIDATE)).logloss()).isEqualTo(32, within(1e-6));
    }

    @Test
    void aFailureIsCountedAndTheNextStepIsJudged() {
        var failures = new CountDownLatch(1);
        tribunal.with("1", 0, JudgeTest::right)
                .with("2", 0, item -> {
                    if (failures.getCount() > 0) {
                        failures.countDown();
                        throw new IllegalStateException("weights must fit");
                    }
                    return 1;
                })
                .comparing(CANDIDATE);
        begin();

        show(10);
        Await.until("the failure is counted", LIMIT, () -> count("failed") == 1);
        show(10);

        assertThat(overall(evidence(CANDIDATE)).events()).isEqualTo(10);
    }

    @Test
    void trainingNeverWaitsForAJudgeThatIsStuck() throws InterruptedException {
        var stuck = new CountDownLatch(1);
        tribunal.with("1", 0, item -> {
                    try {
                        stuck.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return 0;
                })
                .with("2", 0, JudgeTest::right)
                .comparing(CANDIDATE);
        begin();

        for (int k = 0; k < 20; k++) {
            show(1);
        }

        assertThat(count("shed")).isGreaterThanOrEqualTo(15);
        stuck.countDown();
        Await.until("the rest is judged", LIMIT, () -> count("judged") + count("shed") == 20);
    }

    @Test
    void whatWasFoundWaitsWhileTheRegistryIsAway() {
        tribunal.with("1", 0, JudgeTest::wrong).with("2", 0, JudgeTest::right).comparing(CANDIDATE);
        begin();
        tribunal.away = true;

        show(10);
        Await.until("it is judged", LIMIT, () -> count("judged") == 1);
        tribunal.away = false;
        show(10);

        Await.until(
                "all is told",
                LIMIT,
                () -> !tribunal.submitted.isEmpty()
                        && overall(tribunal.submitted.get(tribunal.submitted.size() - 1))
                                        .events()
                                == 20);
    }

    @Test
    void aVersionThatCannotBeLoadedKeepsNoOtherFromJudgement() {
        tribunal.with("1", 0, JudgeTest::wrong)
                .with("2", 0, JudgeTest::right)
                .comparing(new Comparison("lost", "1"), CANDIDATE);
        begin();

        show(10);

        assertThat(overall(evidence(CANDIDATE)).events()).isEqualTo(10);
    }

    @Test
    void aComparisonThatGoesOnKeepsWhatItFoundAndAVersionNobodyNeedsIsLetGo() {
        tribunal.with("1", 0, JudgeTest::wrong)
                .with("2", 0, JudgeTest::right)
                .with("3", 0, JudgeTest::right)
                .comparing(CANDIDATE);
        begin();
        show(10);
        evidence(CANDIDATE);

        tribunal.comparing(CANDIDATE, new Comparison("3", "1"));
        Await.until("the third is loaded", LIMIT, () -> tribunal.loaded.contains("3"));
        show(5);
        Await.until("it goes on", LIMIT, () -> overall(evidence(CANDIDATE)).events() == 15);
        assertThat(overall(evidence(new Comparison("3", "1"))).events()).isEqualTo(5);

        tribunal.comparing(CANDIDATE);
        Await.until("the third is let go", LIMIT, () -> tribunal.closed.equals(List.of("3")));
    }

    @Test
    void theShareOfTheStepsThatIsTakenIsTheOneAskedForAndTheSameEveryTime() {
        tribunal.with("1", 0, JudgeTest::wrong).with("2", 0, JudgeTest::right).comparing(CANDIDATE);
        try (Judge some = judge(0.1)) {
            some.start();
            Await.until("it sits", LIMIT, () -> taken(some).size() > 0);

            assertThat(taken(some)).hasSizeBetween(900, 1_100).isEqualTo(taken(some));
        }
    }

    @Test
    void aJudgeOfNothingTakesNothingAndLoadsNothing() {
        tribunal.with("1", 0, JudgeTest::wrong).with("2", 0, JudgeTest::right).comparing(CANDIDATE);
        try (Judge none = judge(0)) {
            none.start();

            assertThat(taken(none)).isEmpty();
            assertThat(tribunal.loaded).isEmpty();
        }
    }

    private static double right(String item) {
        return item.equals("liked") ? 2 : -2;
    }

    private static double wrong(String item) {
        return -right(item);
    }

    private static List<Long> taken(Judge judge) {
        List<Long> taken = new ArrayList<>();
        for (long number = 0; number < 10_000; number++) {
            if (judge.takes(number)) {
                taken.add(number);
            }
        }
        return taken;
    }

    private void begin() {
        judge.start();
        Await.until("it sits", LIMIT, () -> judge.takes(1) && tribunal.loaded.size() == expected());
    }

    private long expected() {
        return tribunal.wanted.stream()
                .flatMap(comparison -> Stream.of(comparison.arm(), comparison.baseline()))
                .filter(version -> !version.equals(Evidence.LIVE) && !version.equals("lost"))
                .distinct()
                .count();
    }

    /** One step of as many events, each of another user. */
    private void show(int events) {
        long from = 1_000 + step;
        List<ScoredEvent> scored = new ArrayList<>();
        for (int k = 0; k < events; k++) {
            scored.add(event("user" + k));
        }
        step += events;
        var found = new StepResult(step, scored, StepResult.Statistics.NONE);
        judge.applied(JudgedStep.of(found, step, Map.of("samples-0", from), Map.of("samples-0", from + events)));
    }

    private static ScoredEvent event(String user) {
        var sample = new Sample(
                "test|1",
                new UserId(user),
                new ItemId("liked"),
                1,
                OptionalDouble.empty(),
                1,
                List.of(),
                5,
                5,
                false,
                false,
                Instant.EPOCH,
                Instant.EPOCH);
        return new ScoredEvent(sample, 1, List.of(new ScoredEvent.Negative(new ItemId("other"), 0, false)), true);
    }

    private Evidence evidence(Comparison comparison) {
        Await.until("evidence of " + comparison, LIMIT, () -> found(comparison) != null);
        return Objects.requireNonNull(found(comparison));
    }

    private @Nullable Evidence found(Comparison comparison) {
        @Nullable Evidence newest = null;
        for (Evidence evidence : tribunal.submitted) {
            if (evidence.arm().equals(comparison.arm()) && evidence.baseline().equals(comparison.baseline())) {
                newest = evidence;
            }
        }
        return newest;
    }

    private static PairedMetrics overall(Evidence evidence) {
        return Objects.requireNonNull(evidence.strata().get("overall"));
    }

    private double count(String outcome) {
        return meters.get("coldstream.judge.steps")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
