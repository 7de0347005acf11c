package coldstream.domain;

import java.time.Duration;

/**
 * What all workers together have spent on a language model in the last minute and on this day, and whether more fits.
 *
 * <p>A minute is the last 60 s, counted in steps of 5 s so that no 60 s ever hold more than the limit; a day begins at
 * midnight UTC. Every method throws {@link StoreUnavailableException}, soon, when the store is away.
 */
public interface SpendLedger {

    /**
     * What a booking came to.
     *
     * @param questions booked, 0 to what was asked for
     * @param minute spent in the last minute, this booking included; money is not counted by the minute
     * @param day spent today, this booking included
     * @param pause until asking again may book more; zero if everything was booked
     */
    record Booked(int questions, Spend minute, Spend day, Duration pause) {}

    /**
     * Books as many questions as fit, all at once: two workers never book the same room.
     *
     * @param questions wanted, 0 to book nothing but the correction
     * @param each what one is expected to take
     * @param correction what earlier questions took beyond what was booked for them; may be negative. Always booked
     */
    Booked book(int questions, Spend each, Spend correction, SpendLimits limits);
}
