package coldstream.trainer.watch;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.evaluation.Stratum;
import coldstream.monitor.Alarm;
import coldstream.monitor.Reading;
import coldstream.monitor.Reference;
import coldstream.monitor.Signal;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StreamWatchTest {

    private final Shop shop = new Shop();

    @Test
    void aShopInWhichNothingChangesRaisesNothing() {
        assertThat(shop.thousands(40)).isEmpty();
        assertThat(shop.watch.watch().readings())
                .filteredOn(reading -> reading.signal().equals(InputSignals.HISTORY_LENGTH))
                .allMatch(reading -> reading.statistic() < reading.threshold());
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                change("longer histories", shop -> shop.history = 12, InputSignals.HISTORY_LENGTH),
                change("another kind of items", shop -> shop.items = 1_000, InputSignals.POPULARITY),
                change("many new items", shop -> shop.newItems = 0.4, InputSignals.NEW_ITEM),
                change("another category", shop -> shop.category = "comedy", InputSignals.CATEGORY),
                change("events out of order", shop -> shop.behind = 600, InputSignals.LATENESS),
                change("ten times as many events", shop -> shop.secondsBetween = 0.01, InputSignals.RATE),
                change("predictions that fit no longer", shop -> shop.skill = 0, OutcomeSignals.rank(Stratum.OVERALL)),
                change("scores that are lower", shop -> shop.skill = 0, OutcomeSignals.SCORE),
                change(
                        "a language model that gets worse",
                        shop -> shop.agreement = 0.5,
                        GuidanceSignals.agreement("cold_tail")));
    }

    @Test
    void answersThatSayNothingOfWhatFollowsAreNoticedSoon() {
        shop.rightly = 0.4;
        shop.thousands(20);
        shop.rightly = 0;
        assertThat(shop.thousands(2)).extracting(Alarm::signal).contains(GuidanceSignals.followed(Signal.ALL));
    }

    @Test
    void aModelMayLeanLessOnAnswersWhileItIsYoungAndNotLater() {
        shop.residualTrust = 1.5;
        shop.thousands(8);
        shop.residualTrust = 0.8;
        assertThat(shop.thousands(20)).isEmpty();
        shop.residualTrust = 0.1;
        assertThat(shop.thousands(12)).extracting(Alarm::signal).containsOnly(GuidanceSignals.RESIDUAL);
    }

    private static Arguments change(String name, Consumer<Shop> change, Signal signal) {
        return Arguments.of(name, change, signal);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void whatChangesIsNamed(String name, Consumer<Shop> change, Signal signal) {
        shop.thousands(20);
        change.accept(shop);
        assertThat(shop.thousands(8)).extracting(Alarm::signal).contains(signal);
    }

    @Test
    void stepsThatAreRepeatedRaiseNothing() {
        shop.thousands(20, true);
        shop.history = 30;
        assertThat(shop.thousands(8, true)).isEmpty();
    }

    @Test
    void theMeanRankIsTheAreaUnderTheCurve() {
        shop.thousands(10);
        assertThat(shop.watch.watch().readings())
                .filteredOn(reading -> reading.signal().equals(OutcomeSignals.rank(Stratum.OVERALL)))
                .extracting(Reading::value)
                .allSatisfy(mean -> assertThat(mean).isBetween(0.82, 0.89)); // Φ(1.5 / √2) = .856
    }

    @Test
    void whatWasLearntIsAFewHundredThousandBytesHoweverMuchItWas() {
        shop.thousands(10);
        int early = shop.watch.watch().learnt().write().length;
        shop.thousands(60);
        byte[] late = shop.watch.watch().learnt().write();
        assertThat(late.length).isLessThan(2 * early).isLessThan(200_000);
        assertThat(Reference.read(late).signals()).contains(InputSignals.HISTORY_LENGTH, OutcomeSignals.SCORE);
        assertThat(Reference.read(late).mean(InputSignals.HISTORY_LENGTH)).isBetween(7.0, 8.0);
    }

    @Test
    void everySignalHasANameOfItsOwn() {
        List<String> keys =
                StreamWatch.plans().stream().map(plan -> plan.signal().key()).toList();
        assertThat(keys).doesNotHaveDuplicates().hasSizeGreaterThan(40).allSatisfy(key -> assertThat(
                        Signal.of(key).key())
                .isEqualTo(key));
    }
}
