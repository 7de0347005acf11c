package coldstream.monitor;

import java.time.Instant;

/**
 * A place in what is watched.
 *
 * @param step of the trainer, or of whoever watches: never less than one before
 * @param time of the stream, not of this computer: from it the false alarms of a day are counted
 */
public record Moment(long step, Instant time) {}
