package coldstream.domain;

import static coldstream.domain.Check.check;

import java.time.Duration;
import java.util.List;

/**
 * Who answers for a user now, and whose requests were answered of late: what keeps several workers from asking twice.
 *
 * <p>Losing it only costs repeated questions. Every method throws {@link StoreUnavailableException}, soon, when the store is
 * away. An owner is a token that nobody else uses; only the owner of a claim can end or renew it.
 */
public interface ScoringClaims {

    /** A wish to answer a request. */
    record Claim(UserId user, String requestId, String owner) {}

    /** What became of a claim. */
    enum Verdict {
        /** The owner answers this user now, until it says otherwise or its lease ends. */
        MINE,
        /** This very request was answered; it came again. */
        ANSWERED,
        /** Another request of the user was answered within the debounce. */
        DEBOUNCED,
        /** Somebody else answers this user now. */
        TAKEN
    }

    /**
     * How long things are remembered.
     *
     * @param lease of a claim that nobody renews: the longest a dead worker keeps others waiting
     * @param debounce least time between two answered requests of one user; zero for none
     * @param remember how long an answered request is known, at least the time until a broker hands it out again
     */
    record Times(Duration lease, Duration debounce, Duration remember) {

        public Times {
            check(lease.toMillis() >= 1, "lease must be at least 1 ms, got %s", lease);
            check(!debounce.isNegative(), "debounce must not be negative, got %s", debounce);
            check(remember.toMillis() >= 1, "remember must be at least 1 ms, got %s", remember);
        }
    }

    /** A verdict for each claim, in order; a claim of what the owner has already is {@link Verdict#MINE} again. */
    List<Verdict> claim(List<Claim> claims);

    /** Begins the lease of these claims anew where they still belong to their owners. */
    void renew(List<Claim> claims);

    /** These requests are answered: remembers that, begins the debounces, and ends the claims. */
    void answered(List<Claim> claims);

    /** Ends these claims without an answer. */
    void release(List<Claim> claims);
}
