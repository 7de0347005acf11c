package coldstream.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import coldstream.domain.ScoreRequest.Reason;
import org.junit.jupiter.api.Test;

final class RequestTriggerTest {

    private final RequestTrigger trigger = new RequestTrigger(3, 0.1, id -> id.equals("audited") ? 0.09 : 0.1);

    @Test
    void aShortHistoryComesBeforeAnItemThatNeedsScoresBeforeAnAudit() {
        assertThat(trigger.reason("audited", 3, true)).contains(Reason.COLD_USER);
        assertThat(trigger.reason("audited", 4, true)).contains(Reason.TAIL_ITEM);
        assertThat(trigger.reason("audited", 4, false)).contains(Reason.AUDIT);
        assertThat(trigger.reason("other", 4, false)).isEmpty();
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
        assertThatThrownBy(() -> new RequestTrigger(3, 1.5, id -> 0))
                .hasMessage("audit rate must be in [0, 1], got 1.5");
    }
}
