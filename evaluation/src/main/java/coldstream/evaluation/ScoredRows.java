package coldstream.evaluation;

import static coldstream.domain.Check.check;

import java.util.Arrays;
import java.util.function.Predicate;

/** Rows in the order they came, as growing columns; which strata hold a row is a bit each. */
final class ScoredRows {

    private static final int FIRST_CAPACITY = 1024;
    private static final int POSITIVE = 1 << 15;

    private int[] events = new int[FIRST_CAPACITY];
    private int[] users = new int[FIRST_CAPACITY];
    private short[] bits = new short[FIRST_CAPACITY];
    private double[] logits = new double[FIRST_CAPACITY];
    private int size;

    void add(int event, int user, Predicate<Stratum> strata, boolean positive, double logit) {
        check(!Double.isNaN(logit), "a logit must be a number, got NaN");
        if (size == users.length) {
            events = Arrays.copyOf(events, 2 * size);
            users = Arrays.copyOf(users, 2 * size);
            bits = Arrays.copyOf(bits, 2 * size);
            logits = Arrays.copyOf(logits, 2 * size);
        }
        events[size] = event;
        users[size] = user;
        bits[size] = (short) ((positive ? POSITIVE : 0) | bits(strata));
        logits[size] = logit;
        size++;
    }

    private static int bits(Predicate<Stratum> strata) {
        int bits = 0;
        int bit = 1;
        for (Stratum stratum : Stratum.values()) {
            bits |= strata.test(stratum) ? bit : 0;
            bit <<= 1;
        }
        return bits;
    }

    /** The rows of a stratum. */
    ScoreColumns of(Stratum stratum) {
        return of(stratum, 0, Integer.MAX_VALUE);
    }

    /** The rows of a stratum from events {@code from} to before {@code to}. */
    ScoreColumns of(Stratum stratum, int from, int to) {
        int wanted = bits(stratum::equals);
        var columns = new ScoreColumns();
        for (int row = firstOf(from); row < size && events[row] < to; row++) {
            if ((bits[row] & wanted) != 0) {
                columns.add(users[row], (bits[row] & POSITIVE) != 0, logits[row]);
            }
        }
        return columns;
    }

    /** The first row of an event that is not before this one. */
    private int firstOf(int event) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (events[middle] < event) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
