package coldstream.scorer.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorthTest {

    private static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");
    private static final ItemId HIT = new ItemId("hit");
    private static final ItemId RARE = new ItemId("rare");

    private final Map<ItemId, Long> popularity = new LinkedHashMap<>();
    private final Worth worth = new Worth(() -> popularity, GateTrust.EVEN);

    @Test
    void colderUsersComeFirst() {
        assertThat(worth.of(request(Reason.COLD_USER, 0))).isEqualTo(1);
        assertThat(worth.of(request(Reason.COLD_USER, 3))).isEqualTo(0.5);
        assertThat(worth.of(request(Reason.STALE, 27))).isEqualTo(0.1, within(1e-12));
    }

    @Test
    void aTailItemIsAQuestionAboutTheItemWhoeverTheUser() {
        assertThat(worth.of(request(Reason.TAIL_ITEM, 300))).isEqualTo(0.5);
    }

    @Test
    void itemsThatManySeeComeFirst() {
        popularity.put(HIT, 99L);
        popularity.put(RARE, 9L);

        assertThat(worth.of(request(Reason.TAIL_ITEM, 3, HIT))).isEqualTo(0.5);
        assertThat(worth.of(request(Reason.TAIL_ITEM, 3, RARE))).isEqualTo(0.375, within(1e-12)); // ln 10 / ln 100 = ½
        assertThat(worth.of(request(Reason.TAIL_ITEM, 3, new ItemId("new")))).isEqualTo(0.25);
    }

    @Test
    void auditsComeBeforeEverything() {
        assertThat(worth.of(request(Reason.AUDIT, 500))).isGreaterThan(worth.of(request(Reason.COLD_USER, 0)));
    }

    @Test
    void theGatesTrustScalesItsCell() {
        Worth gated = new Worth(() -> popularity, (cold, tail) -> cold && !tail ? 0.8 : 0.2);

        assertThat(gated.of(request(Reason.COLD_USER, 3))).isEqualTo(0.4);
        assertThat(gated.of(request(Reason.STALE, 6))).isEqualTo(0.2 / 3, within(1e-12));
    }

    private static ScoreRequest request(Reason reason, long positives, ItemId... hints) {
        return new ScoreRequest("r", new UserId("u"), List.of(), reason, List.of(hints), positives, NOON, NOON);
    }
}
