package coldstream.console.deadletter;

import java.time.Instant;

/**
 * The note that a dead letter was sent to its topic again, written in the same transaction.
 *
 * @param id of the letter
 * @param who asked for it
 */
record Replayed(String id, Instant time, String who) {}
