package coldstream.monitor;

import static coldstream.domain.Check.check;

import java.util.Comparator;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something of which one number follows another.
 *
 * @param name such as {@code history_length}: letters, digits and underscores, in lower case
 * @param stratum which part of the stream it is of, such as {@code cold} or {@code warm_tail}; {@value #ALL} for the whole
 */
public record Signal(Layer layer, String name, String stratum) implements Comparable<Signal> {

    /** The stratum that is the whole stream. */
    public static final String ALL = "all";

    private static final Pattern NAME = Pattern.compile("[a-z0-9_]{1,64}");
    private static final Comparator<Signal> ORDER =
            Comparator.comparing(Signal::layer).thenComparing(Signal::name).thenComparing(Signal::stratum);

    /** How far along the way from an event to what it does. */
    public enum Layer {
        /** What comes in. */
        INPUT,
        /** What the model says of it. */
        PREDICTION,
        /** What came true. */
        OUTCOME,
        /** What the language model says, and how far it is trusted. */
        GUIDANCE,
        /** How old things are when they are used. */
        FRESHNESS;

        /** The name in reports, such as {@code input}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The layer of this {@link #key}. */
        public static Layer of(String key) {
            return valueOf(key.toUpperCase(Locale.ROOT));
        }
    }

    public Signal {
        check(NAME.matcher(name).matches(), "a signal's name must be lower case, got %s", name);
        check(NAME.matcher(stratum).matches(), "a signal's stratum must be lower case, got %s", stratum);
    }

    /** Of the whole stream. */
    public Signal(Layer layer, String name) {
        this(layer, name, ALL);
    }

    /** {@code layer/name/stratum}: one name for metrics and topics. */
    public String key() {
        return layer.key() + "/" + name + "/" + stratum;
    }

    /** The signal of this {@link #key}. */
    public static Signal of(String key) {
        String[] parts = key.split("/", -1);
        check(parts.length == 3, "a signal must be layer/name/stratum, got %s", key);
        return new Signal(Layer.of(parts[0]), parts[1], parts[2]);
    }

    @Override
    public int compareTo(Signal other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return key();
    }
}
