package coldstream.scorer.budget;

import coldstream.domain.Spend;
import coldstream.domain.SpendLedger;
import coldstream.domain.SpendLimits;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;

/** The ledger of this process alone, by the rules of {@link SpendLedger}; bounded by the thirteen steps of a minute. */
public final class LocalSpendLedger implements SpendLedger {

    private static final long STEP = Duration.ofSeconds(5).toMillis();
    private static final long WINDOW = Duration.ofMinutes(1).toMillis();
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final InstantSource clock;
    private final TreeMap<Long, Spend> steps = new TreeMap<>();
    private long today = Long.MIN_VALUE;
    private Spend day = Spend.NONE;

    public LocalSpendLedger(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Booked book(int questions, Spend each, Spend correction, SpendLimits limits) {
        long now = clock.millis();
        forget(now);
        Spend minute = spentInAMinute().plus(correction);
        Spend sinceMidnight = day.plus(correction);
        long nextStep = nextStep(now);
        long tomorrow = DAY - Math.floorMod(now, DAY);
        long[] room = {questions, 0};
        fit(room, questions, minute.requests(), each.requests(), limits.requestsPerMinute(), nextStep);
        fit(room, questions, minute.tokens(), each.tokens(), limits.tokensPerMinute(), nextStep);
        fit(room, questions, sinceMidnight.tokens(), each.tokens(), limits.tokensPerDay(), tomorrow);
        fit(room, questions, sinceMidnight.micros(), each.micros(), limits.microsPerDay(), tomorrow);
        Spend booked = each.times(room[0]).plus(correction);
        steps.merge(now / STEP, booked, Spend::plus);
        day = day.plus(booked);
        Spend inAMinute = spentInAMinute();
        return new Booked(
                (int) room[0], new Spend(inAMinute.requests(), inAMinute.tokens(), 0), day, Duration.ofMillis(room[1]));
    }

    private void forget(long now) {
        steps.headMap((now - WINDOW) / STEP).clear();
        if (now / DAY != today) {
            today = now / DAY;
            day = Spend.NONE;
        }
    }

    private Spend spentInAMinute() {
        return steps.values().stream().reduce(Spend.NONE, Spend::plus);
    }

    /** Milliseconds until the oldest step that holds something is older than a minute. */
    private long nextStep(long now) {
        long first = steps.entrySet().stream()
                .filter(step ->
                        step.getValue().requests() > 0 || step.getValue().tokens() > 0)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(now / STEP);
        return (first + WINDOW / STEP + 1) * STEP - now;
    }

    /** {@code room}: questions that fit so far, and milliseconds to wait for more. */
    private static void fit(long[] room, int wanted, long spent, long each, long limit, long pause) {
        if (limit <= 0 || each <= 0) {
            return;
        }
        long fits = Math.max(0, Math.floorDiv(limit - spent, each));
        if (fits < wanted) {
            room[0] = Math.min(room[0], fits);
            room[1] = Math.max(room[1], pause);
        }
    }
}
