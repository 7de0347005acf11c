package coldstream.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.domain.ScoringClaims;
import coldstream.domain.ScoringClaims.Claim;
import coldstream.domain.ScoringClaims.Times;
import coldstream.domain.ScoringClaims.Verdict;
import coldstream.domain.UserId;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every {@link ScoringClaims} must do; each implementation's test extends this. */
public abstract class ScoringClaimsContract {

    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final Times NO_DEBOUNCE = new Times(LONG, Duration.ZERO, LONG);

    /** Claims nobody else uses, none of them made. */
    protected abstract ScoringClaims noClaims(Times times);

    @Test
    void onlyOneOfTwoAnswersAUser() {
        ScoringClaims claims = noClaims(NO_DEBOUNCE);

        assertThat(claims.claim(
                        List.of(claim("ann", "r1", "one"), claim("ann", "r2", "two"), claim("bob", "r3", "two"))))
                .containsExactly(Verdict.MINE, Verdict.TAKEN, Verdict.MINE);
    }

    @Test
    void theOwnerOfAClaimMayMakeItAgain() {
        ScoringClaims claims = noClaims(NO_DEBOUNCE);
        claims.claim(List.of(claim("ann", "r1", "one")));

        assertThat(claims.claim(List.of(claim("ann", "r1", "one")))).containsExactly(Verdict.MINE);
    }

    @Test
    void anAnsweredRequestIsNeverAnsweredAgainAndOthersOfTheUserAre() {
        ScoringClaims claims = noClaims(NO_DEBOUNCE);
        claims.claim(List.of(claim("ann", "r1", "one")));
        claims.answered(List.of(claim("ann", "r1", "one")));

        assertThat(claims.claim(List.of(claim("ann", "r1", "two"), claim("ann", "r2", "two"))))
                .containsExactly(Verdict.ANSWERED, Verdict.MINE);
    }

    @Test
    void aUserIsLeftAloneWhileTheDebounceLasts() {
        ScoringClaims claims = noClaims(new Times(LONG, LONG, LONG));
        claims.claim(List.of(claim("ann", "r1", "one")));
        claims.answered(List.of(claim("ann", "r1", "one")));

        assertThat(claims.claim(List.of(claim("ann", "r2", "two"), claim("bob", "r3", "two"))))
                .containsExactly(Verdict.DEBOUNCED, Verdict.MINE);
    }

    @Test
    void onceTheDebounceIsOverAUserIsAskedAboutAgain() {
        ScoringClaims claims = noClaims(new Times(LONG, SHORT, LONG));
        claims.claim(List.of(claim("ann", "r1", "one")));
        claims.answered(List.of(claim("ann", "r1", "one")));

        Await.until("the debounce is over", () -> claims.claim(List.of(claim("ann", "r2", "two")))
                .contains(Verdict.MINE));
    }

    @Test
    void aReleasedClaimIsFreeAtOnceAndOnlyItsOwnerReleasesIt() {
        ScoringClaims claims = noClaims(NO_DEBOUNCE);
        claims.claim(List.of(claim("ann", "r1", "one")));

        claims.release(List.of(claim("ann", "r1", "two")));
        assertThat(claims.claim(List.of(claim("ann", "r2", "two")))).containsExactly(Verdict.TAKEN);
        claims.release(List.of(claim("ann", "r1", "one")));
        assertThat(claims.claim(List.of(claim("ann", "r2", "two")))).containsExactly(Verdict.MINE);
    }

    @Test
    void aDeadOwnersClaimEndsWithItsLease() {
        ScoringClaims claims = noClaims(new Times(SHORT, Duration.ZERO, LONG));
        claims.claim(List.of(claim("ann", "r1", "dead")));

        Await.until("the lease has ended", () -> claims.claim(List.of(claim("ann", "r1", "two")))
                .contains(Verdict.MINE));
    }

    @Test
    void whoLostItsClaimNeitherRenewsNorEndsTheNextOwners() {
        ScoringClaims claims = noClaims(NO_DEBOUNCE);
        claims.claim(List.of(claim("ann", "r1", "one")));
        claims.release(List.of(claim("ann", "r1", "one")));
        claims.claim(List.of(claim("ann", "r2", "two")));

        claims.renew(List.of(claim("ann", "r1", "one")));
        claims.answered(List.of(claim("ann", "r1", "one")));

        assertThat(claims.claim(List.of(claim("ann", "r3", "three")))).containsExactly(Verdict.TAKEN);
    }

    @Test
    void usersAndRequestsWhoseNamesShareASeparatorStayApart() {
        ScoringClaims claims = noClaims(NO_DEBOUNCE);
        claims.claim(List.of(claim("a:b", "c", "one")));
        claims.answered(List.of(claim("a:b", "c", "one")));

        assertThat(claims.claim(List.of(claim("a", "b:c", "two")))).containsExactly(Verdict.MINE);
    }

    private static Claim claim(String user, String request, String owner) {
        return new Claim(new UserId(user), request, owner);
    }
}
