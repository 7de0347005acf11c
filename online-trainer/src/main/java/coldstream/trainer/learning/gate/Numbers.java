package coldstream.trainer.learning.gate;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

/** Numbers as they were at one moment: a list that makes an object of a number only where somebody asks for one. */
public final class Numbers extends AbstractList<Double> implements RandomAccess {

    private final double[] values;

    private Numbers(double[] values) {
        this.values = values;
    }

    /** A copy. */
    public static List<Double> of(double... values) {
        return new Numbers(values.clone());
    }

    @Override
    public Double get(int place) {
        return values[place];
    }

    @Override
    public int size() {
        return values.length;
    }

    /** Writes the first numbers of a list over an array, as many as it has. */
    public static void write(List<Double> from, double[] into) {
        if (from instanceof Numbers numbers) {
            System.arraycopy(numbers.values, 0, into, 0, into.length);
            return;
        }
        for (int k = 0; k < into.length; k++) {
            into[k] = from.get(k);
        }
    }

    /** Whether every number of a list is finite. */
    public static boolean areFinite(List<Double> some) {
        return some instanceof Numbers numbers
                ? Arrays.stream(numbers.values).allMatch(Double::isFinite)
                : some.stream().allMatch(Double::isFinite);
    }
}
