package coldstream.monitor;

import coldstream.evaluation.drift.KolmogorovSmirnov;
import coldstream.evaluation.drift.StabilityIndex;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values in order, with how much each stands for, and how many independent values all of them are worth. */
final class Distribution {

    /** Bins of the stability index at most: those between the reference's deciles. */
    private static final int BINS = 10;

    /** Whole numbers below this are counted. */
    private static final int FEW = 64;

    /** Ascending, each once, (r). */
    private final float[] values;

    /** By place: share of the values up to this one, (r). */
    private final double[] upTo;

    private final double effective;
    private final double mean;
    private float @Nullable [] bounds;
    private double @Nullable [] shares;

    /**
     * @param values ascending, each once, (r), r at least 1
     * @param upTo by place: share of the values up to this one, (r); the last is 1
     * @param effective independent values that would say as much; more than 0
     */
    private Distribution(float[] values, double[] upTo, double effective, double mean) {
        this.values = values;
        this.upTo = upTo;
        this.effective = effective;
        this.mean = mean;
    }

    /**
     * Of values that all count alike.
     *
     * @param time how many in a row say the same thing
     */
    static Distribution of(float[] window, int size, double time, double mean) {
        float[] sorted = Arrays.copyOf(window, size);
        int[] counts = new int[FEW];
        if (counted(sorted, counts)) {
            int place = 0;
            for (int value = 0; value < FEW; value++) {
                Arrays.fill(sorted, place, place + counts[value], value);
                place += counts[value];
            }
        } else {
            Arrays.sort(sorted);
        }
        double[] upTo = new double[size];
        for (int k = 0; k < size; k++) {
            upTo[k] = (k + 1.0) / size;
        }
        return ofSorted(sorted, upTo, Math.max(1, size / time), mean);
    }

    /** Counts small whole numbers, as many signals are, which is quicker than sorting; false where there are others. */
    private static boolean counted(float[] values, int[] counts) {
        for (float value : values) {
            int whole = (int) value;
            if (whole != value || whole < 0 || whole >= FEW) {
                return false;
            }
            counts[whole]++;
        }
        return true;
    }

    /**
     * Of values in order, which may repeat.
     *
     * @param upTo by place: share of the values up to this one, (r)
     */
    static Distribution ofSorted(float[] values, double[] upTo, double effective, double mean) {
        int size = 0;
        for (int k = 0; k < values.length; k++) {
            if (size > 0 && values[size - 1] == values[k]) {
                size--;
            }
            values[size] = values[k];
            upTo[size++] = upTo[k];
        }
        return new Distribution(Arrays.copyOf(values, size), Arrays.copyOf(upTo, size), effective, mean);
    }

    double effective() {
        return effective;
    }

    double mean() {
        return mean;
    }

    /** Mean square distance of the values from their own mean. */
    double variance() {
        double before = 0;
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < values.length; k++) {
            double weight = upTo[k] - before;
            before = upTo[k];
            sum += weight * values[k];
            squares += weight * values[k] * values[k];
        }
        return Math.max(0, squares - sum * sum);
    }

    /** Share of the values that are at most this. */
    double share(float bound) {
        int low = 0;
        int high = values.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[middle] <= bound) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low == 0 ? 0 : upTo[low - 1];
    }

    /**
     * Upper bounds of all bins but the last: the deciles, each once. Where all values are one, what is below it is a bin and
     * what is above it is another.
     */
    float[] bounds() {
        if (bounds == null) {
            bounds = deciles();
        }
        return bounds;
    }

    private float[] deciles() {
        float[] found = new float[BINS];
        int size = 0;
        int place = 0;
        for (int decile = 1; decile < BINS; decile++) {
            while (upTo[place] < (double) decile / BINS) {
                place++;
            }
            if (size == 0 || values[place] > found[size - 1]) {
                found[size++] = values[place];
            }
        }
        if (found[size - 1] == values[values.length - 1]) {
            size--; // nothing is above it
        }
        if (size > 0) {
            return Arrays.copyOf(found, size);
        }
        float last = values[values.length - 1];
        float below = Math.nextDown(last);
        return values[0] < last ? new float[] {below} : new float[] {below, last};
    }

    /** The stability index of these values with this as the reference. */
    StabilityIndex stabilityOf(Distribution now) {
        if (shares == null) {
            shares = shares(bounds());
        }
        return StabilityIndex.of(shares, effective, now.shares(bounds()), now.effective);
    }

    /** The excess of that index that is seen as often as a normal value above {@code z}, though nothing changed. */
    double criticalOf(Distribution now, double z) {
        return StabilityIndex.critical(z, bounds().length + 1, effective, now.effective);
    }

    private double[] shares(float[] of) {
        double[] found = new double[of.length + 1];
        double before = 0;
        for (int bin = 0; bin < of.length; bin++) {
            double upToHere = share(of[bin]);
            found[bin] = upToHere - before;
            before = upToHere;
        }
        found[of.length] = 1 - before;
        return found;
    }

    /** D = sup |F − G|. */
    double distance(Distribution other) {
        int i = 0;
        int j = 0;
        double most = 0;
        while (i < values.length && j < other.values.length) {
            float at = Math.min(values[i], other.values[j]);
            while (i < values.length && values[i] == at) {
                i++;
            }
            while (j < other.values.length && other.values[j] == at) {
                j++;
            }
            double mine = i == 0 ? 0 : upTo[i - 1];
            double theirs = j == 0 ? 0 : other.upTo[j - 1];
            most = Math.max(most, Math.abs(mine - theirs));
        }
        return most;
    }

    /** About the chance of such a distance, or a larger one, where both are of one distribution. */
    double chance(double distance, Distribution other) {
        return KolmogorovSmirnov.chance(distance, effective, other.effective);
    }
}
