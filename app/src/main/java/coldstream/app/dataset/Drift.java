package coldstream.app.dataset;

import static coldstream.domain.Check.check;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A change in a {@link SimulatedShop} that was asked for. Up to its first event the shop is, event by event, the one without
 * it.
 *
 * @param kind what changes
 * @param from share of the events before it begins, in (0, 1)
 * @param until share of the events when it is complete or over, at least {@code from}, at most 1
 */
public record Drift(Kind kind, double from, double until) {

    private static final Pattern FORM = Pattern.compile("([a-z-]+)(?:@([0-9.]+)(?:-([0-9.]+))?)?");
    private static final double BY_DEFAULT = 0.5;

    /** What can change, and how long it takes or lasts where nothing else is said. */
    public enum Kind {
        /** Every customer has another taste at once, and what most liked of a good is what most dislike; it stays so. */
        SUDDEN(0),
        /** The same, one customer after the other. */
        GRADUAL(0.2),
        /** The same, there and back, each for a tenth of all events. */
        RECURRING(1),
        /** One good in fifty is what everybody wants, for a while. */
        POPULARITY_SHOCK(0.15),
        /** Four fifths of the goods are gone at once, and as many new ones come. */
        CATALOGUE_RENEWAL(0),
        /** Half of the events arrive two days after they happened. */
        LABEL_DELAY(1),
        /** The language model gives its scores to the wrong items. */
        LANGUAGE_MODEL(1),
        /** One of three producers writes the number of a session where the user should be. */
        BROKEN_FIELD(1);

        private final double lasts;

        Kind(double lasts) {
            this.lasts = lasts;
        }

        /** As people write it, such as {@code popularity-shock}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public Drift {
        check(from > 0 && from < 1, "a drift must begin within the stream, after 0 and before 1, got %s", from);
        check(until >= from && until <= 1, "a drift must end between its beginning and 1, got %s", until);
    }

    /** Where nothing else is said: half-way, for as long as its kind lasts. */
    public static Drift of(Kind kind) {
        return of(kind, BY_DEFAULT);
    }

    private static Drift of(Kind kind, double from) {
        return new Drift(kind, from, Math.min(1, from + kind.lasts));
    }

    /**
     * Reads {@code NAME}, {@code NAME@FROM} or {@code NAME@FROM-UNTIL}, such as {@code gradual@0.4-0.6}.
     *
     * @throws IllegalArgumentException the rule first, then the text
     */
    public static Drift parse(String text) {
        Matcher found = FORM.matcher(text.strip());
        check(found.matches(), "a drift must be NAME, NAME@FROM or NAME@FROM-UNTIL, got %s", text);
        Kind kind = Arrays.stream(Kind.values())
                .filter(one -> one.key().equals(found.group(1)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "a drift must be one of %s, got %s".formatted(names(), found.group(1))));
        if (found.group(2) == null) {
            return of(kind);
        }
        double from = share(found.group(2), text);
        return found.group(3) == null ? of(kind, from) : new Drift(kind, from, share(found.group(3), text));
    }

    private static double share(String number, String text) {
        try {
            return Double.parseDouble(number);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a drift must say shares of the stream as numbers, got " + text, e);
        }
    }

    /** Every kind as people write it. */
    public static List<String> names() {
        return Arrays.stream(Kind.values()).map(Kind::key).toList();
    }

    /** Number, from 1, of the first event it touches. */
    public int firstEvent(int events) {
        return Math.min(events, (int) (from * events) + 1);
    }

    /** Number of the last event while it comes about or lasts. */
    public int lastEvent(int events) {
        return Math.max(firstEvent(events), (int) (until * events));
    }

    /** Whether it lasts at this event. */
    boolean on(int event, int events) {
        return event >= firstEvent(events) && event <= lastEvent(events);
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return "%s@%s-%s".formatted(kind.key(), from, until);
    }
}
