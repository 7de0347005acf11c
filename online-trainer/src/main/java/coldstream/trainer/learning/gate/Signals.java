package coldstream.trainer.learning.gate;

import java.util.List;
import java.util.Locale;

/**
 * What a gate sees of a user and an item: z = [cold, tail or new, q].
 *
 * @param cold whether the user has few positives
 * @param uncertainty q in [0, 1]: how unsure the student is, by rank among recent rows
 */
public record Signals(boolean cold, Kind kind, double uncertainty) {

    /** Entries of z. */
    static final int SIZE = 3;

    /** Every cell's name, by number: what trust and evidence are reported by. */
    public static final List<String> CELLS =
            List.of("cold_head", "cold_tail", "cold_new", "warm_head", "warm_tail", "warm_new");

    /** How popular an item is. */
    public enum Kind {
        /** Neither of the others. */
        HEAD,
        /** In the least popular share of what anybody took. */
        TAIL,
        /** Taken by nobody yet. */
        NEW
    }

    /** The k-th entry of z. */
    double get(int k) {
        return k == 0 ? (cold ? 1 : 0) : k == 1 ? (kind == Kind.HEAD ? 0 : 1) : uncertainty;
    }

    /** Name of the cell. */
    public String cell() {
        return (cold ? "cold_" : "warm_") + kind.name().toLowerCase(Locale.ROOT);
    }

    /** Number of the cell, in {@link #CELLS}. */
    int cellNumber() {
        return CELLS.indexOf(cell());
    }

    /** A row of this cell, as unsure as half of them. */
    public static Signals ofCell(int number) {
        return new Signals(number < Kind.values().length, Kind.values()[number % Kind.values().length], 0.5);
    }
}
