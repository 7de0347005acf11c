package coldstream.ingest.topology;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest.Reason;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class TimelineTest {

    private static final Duration LATENESS = Duration.ofSeconds(100);

    @Test
    void anEventAsLateAsAllowedFindsItsWholeHistory() {
        Timeline timeline = new Timeline();
        IntStream.range(0, 200).forEach(i -> timeline.take(moment(i), item(i), LATENESS));

        assertThat(timeline.historyBefore(moment(99))).hasSize(50).last().isEqualTo(item(98));
        assertThat(timeline.countBefore(moment(99))).isEqualTo(99);
    }

    @Test
    void settledHistoryIsForgotten() {
        Timeline timeline = new Timeline();
        IntStream.range(0, 1_000).forEach(i -> timeline.take(moment(i), item(i), LATENESS));

        assertThat(timeline.latest(Integer.MAX_VALUE)).hasSizeBetween(150, 152);
    }

    @Test
    void aBurstIsBoundedToo() {
        Timeline timeline = new Timeline();
        LongStream.range(0, 1_000).forEach(i -> timeline.take(new Moment(5, i), item((int) i), LATENESS));

        assertThat(timeline.latest(Integer.MAX_VALUE)).hasSize(Timeline.MAX_ENTRIES);
        assertThat(timeline.count()).isEqualTo(1_000);
    }

    @Test
    void negativesAreCountedStrictlyBeforeAMomentHoweverLateTheyCame() {
        Timeline timeline = new Timeline();
        for (int second : new int[] {10, 30, 20, 30}) {
            timeline.refuse(moment(second), LATENESS);
        }

        assertThat(timeline.negativesBefore(moment(10))).isZero();
        assertThat(timeline.negativesBefore(moment(30))).isEqualTo(2);
        assertThat(timeline.negativesBefore(moment(31))).isEqualTo(4);
        assertThat(timeline.state().negatives()).isEqualTo(4);
    }

    @Test
    void momentsOfNegativesAreBoundedAndTheirCountIsNot() {
        Timeline timeline = new Timeline();
        LongStream.range(0, 1_000).forEach(i -> timeline.refuse(new Moment(5, i), LATENESS));
        timeline.refuse(moment(1_000), LATENESS);

        assertThat(roundTrip(Timeline.serde(), timeline).negativesBefore(moment(1_001)))
                .isEqualTo(1_001);
        assertThat(Timeline.serde().serializer().serialize("", timeline)).hasSizeLessThan(20);
    }

    @Test
    void aTimelineStoredBeforeNegativesWereCountedIsRead() {
        byte[] first = new StateWriter(1)
                .number(1)
                .number(0)
                .flag(false)
                .flag(false)
                .number(1)
                .number(2_000)
                .number(7)
                .text("i")
                .toBytes();

        Timeline timeline = Timeline.serde().deserializer().deserialize("", first);

        assertThat(timeline.latest(5)).containsExactly(new ItemId("i"));
        assertThat(timeline.state().negatives()).isZero();
    }

    @Test
    void theStoredFormKeepsEverything() {
        Timeline timeline = new Timeline();
        timeline.take(moment(2), item(2), LATENESS);
        timeline.take(moment(1), item(1), LATENESS);
        timeline.refuse(moment(3), LATENESS);
        timeline.openImpressions(3);
        timeline.asked(7);
        timeline.await(new Timeline.Waiting(Reason.TAIL_ITEM, List.of(item(9)), 17));

        Timeline back = roundTrip(Timeline.serde(), timeline);

        assertThat(back.count()).isEqualTo(2);
        assertThat(back.latest(5)).containsExactly(item(1), item(2));
        assertThat(back.newest()).isEqualTo(2_000);
        assertThat(back.negativesBefore(moment(3))).isZero();
        assertThat(back.negativesBefore(moment(4))).isEqualTo(1);
        assertThat(back.openImpressions()).isEqualTo(3);
        assertThat(back.lastRequest()).contains(7L);
        assertThat(back.countAsked()).isEqualTo(2);
        assertThat(back.waiting()).isEqualTo(timeline.waiting());
    }

    @Test
    void aTimelineStoredBeforeStalenessWasKnownIsReadAsAskedJustNow() {
        byte[] old = new StateWriter(1)
                .number(5) // positives
                .number(0) // open impressions
                .flag(true) // asked
                .number(7) // at this time
                .flag(false) // nothing waits
                .number(0) // entries
                .toBytes();

        Timeline back = Timeline.serde().deserializer().deserialize("topic", old);

        assertThat(back.count()).isEqualTo(5);
        assertThat(back.lastRequest()).contains(7L);
        assertThat(back.countAsked()).isEqualTo(5);
    }

    @Test
    void anItemCountsWhatWasTakenUpToATime() {
        ItemState state = new ItemState();
        state.announce();
        for (long time : new long[] {10, 30, 20, 20, -5}) {
            state.take(time);
        }
        ItemState back = roundTrip(ItemState.serde(), state);

        assertThat(back.known()).isTrue();
        assertThat(back.count()).isEqualTo(5);
        assertThat(LongStream.of(-6, -5, 10, 19, 20, 29, 30).map(back::countAt))
                .containsExactly(0L, 1L, 2L, 2L, 4L, 4L, 5L);
    }

    @Test
    void anItemRemembersABoundedNumberOfTimes() {
        ItemState state = new ItemState();
        LongStream.range(0, 1_000).forEach(state::take);

        assertThat(state.count()).isEqualTo(1_000);
        assertThat(state.countAt(999 - ItemState.MAX_TIMES)).isEqualTo(1_000 - ItemState.MAX_TIMES);
    }

    private static <T> T roundTrip(Serde<T> serde, T value) {
        return serde.deserializer().deserialize("topic", serde.serializer().serialize("topic", value));
    }

    private static Moment moment(int second) {
        return new Moment(second * 1_000L, second);
    }

    private static ItemId item(int number) {
        return new ItemId("i" + number);
    }
}
