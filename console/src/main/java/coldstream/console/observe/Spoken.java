package coldstream.console.observe;

import java.util.Locale;

/** Numbers as a person says them. */
public final class Spoken {

    private static final double MINUTE = 60;
    private static final double HOUR = 60 * MINUTE;
    private static final double DAY = 24 * HOUR;

    private Spoken() {}

    /** A length of time in its largest fitting unit: 4.1 s, 34 s, 5 min, 2 h, 3 d. */
    public static String seconds(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        if (seconds < 1.5 * MINUTE) {
            return Math.round(seconds) + " s";
        }
        if (seconds < 1.5 * HOUR) {
            return Math.round(seconds / MINUTE) + " min";
        }
        return seconds < 1.5 * DAY ? Math.round(seconds / HOUR) + " h" : Math.round(seconds / DAY) + " d";
    }
}
