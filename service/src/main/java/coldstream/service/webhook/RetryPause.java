package coldstream.service.webhook;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** How long to wait before trying again: a second that doubles up to a minute, a part of it by chance. */
public final class RetryPause {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private RetryPause() {}

    /**
     * The pause, by chance so that many do not come at once.
     *
     * @param attempts made so far
     * @param asked the pause the other side asks for; counts up to a minute
     */
    public static Duration of(int attempts, Optional<Duration> asked) {
        long doubled = FIRST.toMillis() << Math.min(attempts, 10);
        long longest = Math.min(doubled, LONGEST.toMillis());
        long chosen = longest / 2 + ThreadLocalRandom.current().nextLong(longest / 2 + 1);
        long wanted = asked.map(Duration::toMillis).orElse(0L);
        return Duration.ofMillis(Math.max(chosen, Math.min(wanted, LONGEST.toMillis())));
    }
}
