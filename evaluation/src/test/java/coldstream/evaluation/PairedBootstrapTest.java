package coldstream.evaluation;

import static coldstream.evaluation.ScoredEvents.WARM_HEAD;
import static coldstream.evaluation.ScoredEvents.head;
import static coldstream.evaluation.ScoredEvents.tail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ScoredEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PairedBootstrapTest {

    private static final int USERS = 12;
    private static final int DRAWS = 200;
    private static final long SEED = 8;

    /** Copies the drawn users' rows and counts pairs one by one: the definition, sharing only the draws. */
    @Test
    void equalsDrawingUsersAndCountingPairsOneByOne() {
        List<ScoredEvent> better = stream(1, 2.0);
        List<ScoredEvent> worse = stream(2, 0.5);
        var random = new SplittableRandom(SEED);
        double[] differences = new double[DRAWS];
        for (int draw = 0; draw < DRAWS; draw++) {
            var users = new ArrayList<String>();
            for (int user = 0; user < USERS; user++) {
                users.add("user" + random.nextInt(USERS));
            }
            differences[draw] = areaOfDrawn(better, users) - areaOfDrawn(worse, users);
        }
        Arrays.sort(differences);

        PairedDifference overall = compare(better, worse);

        assertThat(overall.difference()).isEqualTo(area(better) - area(worse), within(1e-12));
        assertThat(overall.low()).isEqualTo(percentile(differences, 4, 0.975), within(1e-12));
        assertThat(overall.high()).isEqualTo(percentile(differences, 194, 0.025), within(1e-12));
        assertThat(overall.better()).isTrue();
        assertThat(overall.worse()).isFalse();
    }

    @Test
    void anArmDoesNotDifferFromItself() {
        List<ScoredEvent> same = stream(3, 1);

        assertThat(compare(same, same)).isEqualTo(new PairedDifference(0, 0, 0));
    }

    @Test
    void seedsThatDisagreeWidenTheInterval() {
        RunAreas good = areas(stream(1, 2));
        RunAreas poor = areas(stream(2, 0.5));
        var bootstrap = new PairedBootstrap(DRAWS, SEED);

        PairedDifference agreeing = overall(bootstrap.compare(List.of(good, good), List.of(poor, poor)));
        PairedDifference disagreeing = overall(bootstrap.compare(List.of(good, poor), List.of(poor, good)));

        assertThat(agreeing.low()).isPositive();
        assertThat(disagreeing.difference()).isEqualTo(0, within(1e-12));
        assertThat(disagreeing.low()).isLessThan(-agreeing.difference() / 2);
        assertThat(disagreeing.high()).isGreaterThan(agreeing.difference() / 2);
    }

    @Test
    void seedsAreAveraged() {
        List<RunAreas> arm = List.of(areas(stream(4, 1)), areas(stream(5, 1)));
        List<RunAreas> baseline = List.of(areas(stream(6, 1)), areas(stream(7, 1)));
        double first = area(stream(4, 1)) - area(stream(6, 1));
        double second = area(stream(5, 1)) - area(stream(7, 1));

        PairedDifference overall = overall(new PairedBootstrap(DRAWS, SEED).compare(arm, baseline));

        assertThat(overall.difference()).isEqualTo((first + second) / 2, within(1e-12));
    }

    @Test
    void streamsMayDifferFromEachOtherButNotFromTheirBaseline() {
        RunAreas good = areas(stream(1, 2));
        RunAreas poor = areas(stream(2, 0.5));
        RunAreas shorter = areas(stream(3, 2).subList(0, 15));
        RunAreas shorterPoor = areas(stream(4, 0.5).subList(0, 15));
        var bootstrap = new PairedBootstrap(DRAWS, SEED);

        PairedDifference both = overall(bootstrap.compareStreams(List.of(good, shorter), List.of(poor, shorterPoor)));

        assertThat(both.difference())
                .isEqualTo(
                        (overall(bootstrap.compare(List.of(good), List.of(poor)))
                                                .difference()
                                        + overall(bootstrap.compare(List.of(shorter), List.of(shorterPoor)))
                                                .difference())
                                / 2,
                        within(1e-12));
        assertThatThrownBy(() -> bootstrap.compareStreams(List.of(good, good), List.of(poor, shorterPoor)))
                .hasMessage("both arms must have predicted the same events, stream 1 differs");
    }

    @Test
    void strataWithoutBothClassesAreLeftOut() {
        Map<String, PairedDifference> differences =
                new PairedBootstrap(DRAWS, SEED).compare(List.of(areas(stream(1, 1))), List.of(areas(stream(2, 1))));

        assertThat(differences).containsOnlyKeys("overall", "warm_head");
    }

    @Test
    void armsOfDifferentEventsAreRefused() {
        List<ScoredEvent> whole = stream(1, 1);

        assertThatThrownBy(() -> compare(whole, whole.subList(1, whole.size())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("both arms must have predicted the same events, seed 0 differs");
    }

    @Test
    void exactAreasAgreeWithTheStreamingOnesInEveryStratum() {
        var random = new Random(9);
        var exact = new EventScores();
        var streaming = new Prequential();
        for (int event = 0; event < 3_000; event++) {
            ScoredEvents kind = WARM_HEAD.by("user" + random.nextInt(40)).userCount(random.nextInt(6));
            kind = random.nextInt(10) == 0 ? kind.newItem() : random.nextInt(3) == 0 ? kind.tailItem() : kind;
            ScoredEvent scored =
                    kind.logits(random.nextGaussian() + 1, head(random.nextGaussian()), tail(random.nextGaussian()));
            exact.add(scored);
            streaming.add(scored);
        }
        for (Stratum stratum : Stratum.values()) {
            double approximate = Objects.requireNonNull(streaming.metrics().get(stratum.key()))
                    .auc();
            assertThat(exact.auc(stratum)).as(stratum.key()).isEqualTo(approximate, within(1e-4));
        }
    }

    private static PairedDifference compare(List<ScoredEvent> arm, List<ScoredEvent> baseline) {
        return overall(new PairedBootstrap(DRAWS, SEED).compare(List.of(areas(arm)), List.of(areas(baseline))));
    }

    private static PairedDifference overall(Map<String, PairedDifference> differences) {
        return Objects.requireNonNull(differences.get("overall"));
    }

    private static RunAreas areas(List<ScoredEvent> events) {
        var scores = new EventScores();
        events.forEach(scores::add);
        return scores.areas(new PairedBootstrap(DRAWS, SEED));
    }

    /** Users first appear in the order of their numbers; user u has u % 3 + 1 events. */
    private static List<ScoredEvent> stream(long seed, double lead) {
        var random = new Random(seed);
        var events = new ArrayList<ScoredEvent>();
        for (int user = 0; user < USERS; user++) {
            for (int event = 0; event <= user % 3; event++) {
                events.add(WARM_HEAD
                        .by("user" + user)
                        .logits(lead + grid(random), head(grid(random)), head(grid(random))));
            }
        }
        return events;
    }

    /** Few distinct values, so that there are ties. */
    private static double grid(Random random) {
        return Math.round(random.nextGaussian() * 2) / 2.0;
    }

    private static double area(List<ScoredEvent> events) {
        return areaOfDrawn(
                events,
                events.stream()
                        .map(event -> event.sample().user().value())
                        .distinct()
                        .toList());
    }

    private static double areaOfDrawn(List<ScoredEvent> events, List<String> users) {
        List<ScoredEvent> drawn = users.stream()
                .flatMap(user -> events.stream()
                        .filter(event -> event.sample().user().value().equals(user)))
                .toList();
        return AucTest.shareOfPairsWon(
                drawn.stream().mapToDouble(ScoredEvent::logit).toArray(),
                drawn.stream()
                        .flatMap(event -> event.negatives().stream())
                        .mapToDouble(ScoredEvent.Negative::logit)
                        .toArray());
    }

    private static double percentile(double[] sorted, int below, double towardsNext) {
        return sorted[below] + towardsNext * (sorted[below + 1] - sorted[below]);
    }
}
