package coldstream.scorer.candidates;

import static coldstream.scorer.Items.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LikelyUsersTest {

    private static final Instant LATER = NOON.plusSeconds(60);

    /** Items whose names begin alike are close. */
    private static final Closeness FIRST_LETTER =
            (one, other) -> one.value().charAt(0) == other.value().charAt(0) ? 1 : -0.5;

    private final LikelyUsers two = new LikelyUsers(2, FIRST_LETTER);

    private static ScoreRequest request(String user, Reason reason, String hint, String... history) {
        return new ScoreRequest(
                user + "|" + history.length,
                new UserId(user),
                List.of(history).stream().map(ItemId::new).toList(),
                reason,
                hint.isEmpty() ? List.of() : List.of(new ItemId(hint)),
                history.length,
                NOON,
                NOON);
    }

    private void remember(LikelyUsers users) {
        for (int i = 0; i < 10; i++) {
            users.besides(request("tea-" + i, Reason.COLD_USER, "", "t" + i), NOON);
            users.besides(request("milk-" + i, Reason.COLD_USER, "", "m" + i), NOON);
        }
    }

    @Test
    void asksAboutUsersWhoseHistoryIsCloseToTheItem() {
        remember(two);

        List<ScoreRequest> besides = two.besides(request("ann", Reason.TAIL_ITEM, "t99", "x1", "t99"), LATER);

        assertThat(besides).hasSize(2).allSatisfy(other -> {
            assertThat(other.user().value()).startsWith("tea-");
            assertThat(other.hints()).containsExactly(new ItemId("t99"));
            assertThat(other.reason()).isEqualTo(Reason.TAIL_ITEM);
            assertThat(other.historyVersion()).isEqualTo(1);
            assertThat(other.historyMaxTime()).isEqualTo(NOON);
            assertThat(other.requestedAt()).isEqualTo(LATER);
            assertThat(other.requestId()).isEqualTo("tail|t99|" + other.user() + "|1");
        });
    }

    @Test
    void whatItLedToLeadsToNothingMore() {
        remember(two);
        ScoreRequest besides = two.besides(request("ann", Reason.TAIL_ITEM, "t99", "t99"), LATER)
                .get(0);

        assertThat(two.besides(besides, LATER)).isEmpty();
    }

    @Test
    void otherReasonsAndItemsNobodyIsCloseToAskAboutNobodyElse() {
        remember(two);

        assertThat(two.besides(request("ann", Reason.COLD_USER, "t99", "t99"), LATER))
                .isEmpty();
        assertThat(two.besides(request("bob", Reason.TAIL_ITEM, "zzz", "zzz"), LATER))
                .isEmpty();
        assertThat(two.besides(request("cid", Reason.TAIL_ITEM, "", "t1"), LATER))
                .isEmpty();
    }

    @Test
    void nobodyIsAskedAboutAnItemHeHas() {
        two.besides(request("eve", Reason.COLD_USER, "", "t99", "t1"), NOON);

        assertThat(two.besides(request("ann", Reason.TAIL_ITEM, "t99", "t99"), LATER))
                .isEmpty();
    }
}
