package coldstream.console.observe;

import java.time.Duration;

/**
 * From when on a part that answers is late all the same.
 *
 * @param lag records that wait for the trainer
 * @param trained from an event to learning from it
 * @param servable from an event to an answer that has learnt from it
 * @param scores from a question to its scores
 */
public record Limits(long lag, Duration trained, Duration servable, Duration scores) {

    static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}
