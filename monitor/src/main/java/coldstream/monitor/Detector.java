package coldstream.monitor;

import java.util.Locale;

/** What tells that a signal changed. */
public enum Detector {
    /** Population stability index against the reference, less what two samples of one distribution have on average. */
    PSI,
    /** Kolmogorov-Smirnov distance from the reference. */
    KS,
    /** ADWIN over block means: distance between the means of two parts of the past, in deviations of a value. */
    ADWIN,
    /** Page-Hinkley over block means, in their deviations. */
    PAGE_HINKLEY,
    /** KSWIN over block means: Kolmogorov-Smirnov distance of the latest from those before. */
    KSWIN,
    /** Distance of an estimate from that of the reference. */
    SHIFT,
    /** Distance of a window's mean from the reference's. */
    MEAN;

    /** The name in reports, such as {@code page_hinkley}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The detector of this {@link #key}. */
    public static Detector of(String key) {
        return valueOf(key.toUpperCase(Locale.ROOT));
    }
}
