package coldstream.model;

import java.time.Instant;

/** What time it is for rows: the step under way, from 1, and the latest event time seen, in minutes. */
final class RowClock {

    int step = 1;
    int minute;

    void at(Instant event) {
        minute = Math.max(minute, (int) Math.min(Integer.MAX_VALUE, event.getEpochSecond() / 60));
    }
}
