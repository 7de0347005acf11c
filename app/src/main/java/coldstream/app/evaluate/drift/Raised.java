package coldstream.app.evaluate.drift;

import java.time.Instant;

/**
 * A detector's word that something changed.
 *
 * @param detector that says so
 * @param layer of the signal, such as outcome
 * @param signal it watches
 * @param stratum of the signal, such as overall
 * @param statistic what was found
 * @param threshold what it may be where nothing changes
 * @param event number of the latest event that is learnt, from 1
 * @param time of that event
 * @param message for people
 */
public record Raised(
        String detector,
        String layer,
        String signal,
        String stratum,
        double statistic,
        double threshold,
        int event,
        Instant time,
        String message) {}
