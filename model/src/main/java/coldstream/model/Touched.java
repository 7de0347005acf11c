package coldstream.model;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;

/** Numbers noted since they were last taken, each once. Noting one takes constant time; memory is a bit per number. */
public final class Touched {

    private final IntArrayList noted = new IntArrayList();
    private long[] marks = new long[16];

    /** Notes a number, at least 0. */
    public void note(int number) {
        int word = number >> 6;
        if (word >= marks.length) {
            marks = Arrays.copyOf(marks, Math.max(2 * marks.length, word + 1));
        }
        long bit = 1L << number;
        if ((marks[word] & bit) == 0) {
            marks[word] |= bit;
            noted.add(number);
        }
    }

    /** What was noted, rising; nothing is noted any more. */
    public int[] take() {
        int[] taken = noted.toIntArray();
        for (int number : taken) {
            marks[number >> 6] = 0;
        }
        noted.clear();
        Arrays.sort(taken);
        return taken;
    }

    boolean isEmpty() {
        return noted.isEmpty();
    }
}
