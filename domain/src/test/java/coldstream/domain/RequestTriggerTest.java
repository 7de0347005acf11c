package coldstream.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.ScoreRequest.Reason;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RequestTriggerTest {

    private static final Staleness STALENESS = new Staleness(10, Duration.ofDays(7), 30);

    private final RequestTrigger trigger =
            new RequestTrigger(3, 0.1, STALENESS, id -> id.equals("audited") ? 0.09 : 0.1);

    @Test
    void aShortHistoryComesBeforeAnItemThatNeedsScoresBeforeAnAudit() {
        assertThat(trigger.reason("audited", 3, true, null)).contains(Reason.COLD_USER);
        assertThat(trigger.reason("audited", 4, true, null)).contains(Reason.TAIL_ITEM);
        assertThat(trigger.reason("audited", 4, false, null)).contains(Reason.AUDIT);
        assertThat(trigger.reason("other", 4, false, null)).isEmpty();
    }

    @Test
    void staleScoresAreAskedForAgainAfterTenEventsOrAWeek() {
        assertThat(reason(13, 4, Duration.ofDays(1))).isEmpty();
        assertThat(reason(14, 4, Duration.ofDays(1))).contains(Reason.STALE);
        assertThat(reason(5, 4, Duration.ofDays(7))).contains(Reason.STALE);
        assertThat(reason(5, 4, Duration.ofDays(7).minusMillis(1))).isEmpty();
    }

    @Test
    void aUserWhomClicksDescribeIsNotAskedAboutAgain() {
        assertThat(reason(30, 4, Duration.ofDays(9))).contains(Reason.STALE);
        assertThat(reason(31, 4, Duration.ofDays(9))).isEmpty();
        assertThat(trigger.reason("audited", 14, false, new Staleness.Asked(4, Duration.ZERO)))
                .contains(Reason.AUDIT);
    }

    private Optional<Reason> reason(long count, long asked, Duration ago) {
        return trigger.reason("other", count, false, new Staleness.Asked(asked, ago));
    }

    @Test
    void theStrongerReasonIsTheOneDeclaredFirst() {
        assertThat(RequestTrigger.stronger(Reason.AUDIT, Reason.COLD_USER)).isEqualTo(Reason.COLD_USER);
        assertThat(RequestTrigger.stronger(Reason.TAIL_ITEM, Reason.AUDIT)).isEqualTo(Reason.TAIL_ITEM);
    }

    @Test
    void theTailBeginsAfterNewItemsAndEndsAtItsGreatestCount() {
        var tail = new PopularityTail(4, 2);

        assertThat(tail.holds(0)).isFalse();
        assertThat(tail.holds(1)).isTrue();
        assertThat(tail.holds(4)).isTrue();
        assertThat(tail.holds(5)).isFalse();
        assertThat(tail.needsScores(0)).isTrue();
        assertThat(tail.needsScores(2)).isTrue();
        assertThat(tail.needsScores(3)).isFalse();
        assertThat(PopularityTail.NONE.needsScores(0)).isTrue();
    }

    @Test
    void aRateThatIsNoShareIsRefused() {
        assertThatThrownBy(() -> new RequestTrigger(3, 1.5, STALENESS, id -> 0))
                .hasMessage("audit rate must be in [0, 1], got 1.5");
    }
}
