package coldstream.testkit;

import coldstream.domain.ScoringClaims;
import coldstream.domain.StoreUnavailableException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link ScoringClaims} of one process, which forget with it and can be sent away. */
public final class InMemoryScoringClaims implements ScoringClaims {

    private record Held(String what, long until) {}

    private final Times times;
    private final Map<String, Held> held = new HashMap<>();
    private boolean away;

    public InMemoryScoringClaims(Times times) {
        this.times = times;
    }

    /** From now on every call fails, or works again. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public synchronized List<Verdict> claim(List<Claim> claims) {
        requireHere();
        return claims.stream().map(this::claim).toList();
    }

    private Verdict claim(Claim claim) {
        if (mine(claim)) {
            hold(user(claim), claim.owner(), times.lease());
            return Verdict.MINE;
        }
        if (find(answer(claim)) != null) {
            return Verdict.ANSWERED;
        }
        if (find(debounce(claim)) != null) {
            return Verdict.DEBOUNCED;
        }
        if (find(user(claim)) != null) {
            return Verdict.TAKEN;
        }
        hold(user(claim), claim.owner(), times.lease());
        return Verdict.MINE;
    }

    @Override
    public synchronized void renew(List<Claim> claims) {
        requireHere();
        claims.stream().filter(this::mine).forEach(claim -> hold(user(claim), claim.owner(), times.lease()));
    }

    @Override
    public synchronized void answered(List<Claim> claims) {
        requireHere();
        for (Claim claim : claims) {
            hold(answer(claim), "", times.remember());
            if (!times.debounce().isZero()) {
                hold(debounce(claim), "", times.debounce());
            }
        }
        release(claims);
    }

    @Override
    public synchronized void release(List<Claim> claims) {
        requireHere();
        claims.stream().filter(this::mine).forEach(claim -> held.remove(user(claim)));
    }

    private boolean mine(Claim claim) {
        Held owner = find(user(claim));
        return owner != null && owner.what.equals(claim.owner());
    }

    private @Nullable Held find(String key) {
        Held found = held.get(key);
        return found == null || System.nanoTime() - found.until >= 0 ? null : found;
    }

    private void hold(String key, String what, Duration time) {
        held.put(key, new Held(what, System.nanoTime() + time.toNanos()));
    }

    private static String user(Claim claim) {
        return "claim " + claim.user();
    }

    private static String debounce(Claim claim) {
        return "debounce " + claim.user();
    }

    private static String answer(Claim claim) {
        return "answer " + claim.user() + " " + claim.requestId();
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailableException("the claims are away");
        }
    }
}
