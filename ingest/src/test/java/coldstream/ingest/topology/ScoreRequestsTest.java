package coldstream.ingest.topology;

import static coldstream.ingest.topology.Flow.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScoreRequestsTest {

    private final Flow flow = new Flow();

    @AfterEach
    void close() {
        flow.close();
    }

    @Test
    void theFirstPositiveOfAUserAsksAtOnce() {
        flow.announce("film");
        flow.click("ann", "film", NOON);

        assertThat(flow.requests())
                .singleElement()
                .returns(Reason.COLD_USER, ScoreRequest::reason)
                .returns("ann|1", ScoreRequest::requestId)
                .returns(List.of(new ItemId("film")), ScoreRequest::history)
                .returns(List.of(new ItemId("film")), ScoreRequest::hints)
                .returns(1L, ScoreRequest::historyVersion)
                .returns(NOON, ScoreRequest::historyMaxTime);
    }

    @Test
    void furtherReasonsWithinTheDebounceAskOnceWhenItIsOver() {
        flow.announce("a", "b", "c", "d");
        flow.click("ann", "a", NOON);
        flow.click("ann", "b", NOON.plusSeconds(1));
        flow.click("ann", "c", NOON.plusSeconds(2));
        assertThat(flow.requests()).hasSize(1);

        flow.click("bob", "d", NOON.plusSeconds(11));

        assertThat(flow.requests())
                .filteredOn(request -> request.user().value().equals("ann"))
                .singleElement()
                .returns("ann|3", ScoreRequest::requestId)
                .returns(List.of(new ItemId("a"), new ItemId("b"), new ItemId("c")), ScoreRequest::history)
                .returns(List.of(new ItemId("b"), new ItemId("c")), ScoreRequest::hints)
                .returns(NOON.plusSeconds(2), ScoreRequest::historyMaxTime);
    }

    @Test
    void aRequestThatWaitsIsSentEvenWhenNothingMoreHappens() {
        flow.announce("a", "b");
        flow.click("ann", "a", NOON);
        flow.click("ann", "b", NOON.plusSeconds(1));
        flow.requests();

        flow.pass(Duration.ofMinutes(11));

        assertThat(flow.requests()).extracting(ScoreRequest::requestId).containsExactly("ann|2");
    }

    @Test
    void aWarmUserIsAskedAboutForANewItemOnly() {
        warm("ann");
        flow.announce("new", "known");
        flow.click("bob", "known", NOON.plus(Duration.ofHours(1)));
        flow.requests();

        flow.click("ann", "known", NOON.plus(Duration.ofHours(2)));
        assertThat(flow.requests()).isEmpty();
        flow.click("ann", "new", NOON.plus(Duration.ofHours(3)));

        assertThat(flow.requests())
                .singleElement()
                .returns(Reason.TAIL_ITEM, ScoreRequest::reason)
                .returns(List.of(new ItemId("new")), ScoreRequest::hints);
    }

    @Test
    void theHistoryOfARequestIsTheLatestTen() {
        warm("ann");
        for (int i = 0; i < 20; i++) {
            flow.announce("new" + i);
            flow.click("ann", "new" + i, NOON.plus(Duration.ofHours(1 + i)));
        }

        assertThat(flow.requests())
                .last()
                .satisfies(request -> assertThat(request.history()).hasSize(10).endsWith(new ItemId("new19")));
    }

    @Test
    void aNegativeAsksNothing() {
        try (Flow explicit = new Flow(Flow.explicit())) {
            explicit.announce("film");
            explicit.sendRaw("ann", """
                    {"event_id":"e","type":"rating","value":2,"user_id":"ann","item_id":"film",
                     "timestamp":"2026-01-01T12:00:00Z"}""".getBytes(java.nio.charset.StandardCharsets.UTF_8));

            assertThat(explicit.samples()).extracting(sample -> sample.label()).containsExactly(0);
            assertThat(explicit.requests()).isEmpty();
        }
    }

    @Test
    void auditsComeAtTheirRate() {
        warm("ann");
        flow.announce("known");
        flow.click("bob", "known", NOON.minusSeconds(1));
        flow.requests();
        for (int i = 0; i < 1_000; i++) {
            Instant at = NOON.plus(Duration.ofMinutes(10L + i));
            flow.click("ann", "known", at);
        }

        assertThat(flow.requests())
                .filteredOn(request -> request.reason() != Reason.STALE)
                .allSatisfy(request -> assertThat(request.reason()).isEqualTo(Reason.AUDIT))
                .hasSizeBetween(5, 40); // 2 % of 1 000, give or take four standard deviations
    }

    @Test
    void staleScoresAreAskedForAgainUntilClicksDescribeTheUser() {
        warm("ann");
        flow.announce("known");
        flow.click("bob", "known", NOON.minusSeconds(1));
        flow.requests();
        for (int i = 0; i < 100; i++) {
            flow.click("ann", "known", NOON.plus(Duration.ofMinutes(10L + i)));
        }

        List<ScoreRequest> stale = flow.requests().stream()
                .filter(request -> request.reason() == Reason.STALE)
                .toList();
        assertThat(stale).isNotEmpty().hasSizeLessThanOrEqualTo(2);
        assertThat(stale.get(0).historyVersion()).isBetween(14L, 24L);
        assertThat(stale).allMatch(request -> request.historyVersion() <= 30);
    }

    @Test
    void aUserWhoComesBackAfterAWeekIsAskedAboutAgain() {
        warm("ann", NOON.minus(Duration.ofDays(6)));
        flow.announce("known");
        flow.click("bob", "known", NOON.minusSeconds(1));
        flow.requests();

        flow.click("ann", "known", NOON);

        assertThat(flow.requests()).singleElement().returns(Reason.STALE, ScoreRequest::reason);
    }

    private void warm(String user) {
        warm(user, NOON);
    }

    /** Four positives two days before, of items somebody else has taken too. */
    private void warm(String user, Instant before) {
        for (int i = 0; i < 4; i++) {
            flow.announce("old" + i);
            flow.click("somebody", "old" + i, before.minus(Duration.ofDays(3)).plusSeconds(i));
            flow.click(user, "old" + i, before.minus(Duration.ofDays(2)).plusSeconds(i));
        }
        flow.click("nobody", "old0", before.minus(Duration.ofDays(1)));
        flow.requests();
    }
}
