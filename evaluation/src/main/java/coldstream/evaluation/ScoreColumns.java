package coldstream.evaluation;

import static coldstream.domain.Check.check;

import java.util.Arrays;

/** The rows of one stratum, in the order they came, as growing columns. */
final class ScoreColumns {

    private static final int FIRST_CAPACITY = 256;

    private int[] users = new int[FIRST_CAPACITY];
    private boolean[] positive = new boolean[FIRST_CAPACITY];
    private double[] logits = new double[FIRST_CAPACITY];
    private int size;

    void add(int user, boolean isPositive, double logit) {
        check(!Double.isNaN(logit), "a logit must be a number, got NaN");
        if (size == users.length) {
            users = Arrays.copyOf(users, 2 * size);
            positive = Arrays.copyOf(positive, 2 * size);
            logits = Arrays.copyOf(logits, 2 * size);
        }
        users[size] = user;
        positive[size] = isPositive;
        logits[size] = logit;
        size++;
    }

    int size() {
        return size;
    }

    int user(int row) {
        return users[row];
    }

    boolean positive(int row) {
        return positive[row];
    }

    double logit(int row) {
        return logits[row];
    }

    /** Rows of one class. */
    int count(boolean ofPositives) {
        int count = 0;
        for (int row = 0; row < size; row++) {
            count += positive[row] == ofPositives ? 1 : 0;
        }
        return count;
    }

    /** The exact area; NaN without a positive or without a negative. */
    double auc() {
        return Auc.of(logits(true), logits(false));
    }

    /** How well the probabilities agree with the classes. */
    Calibration calibration() {
        return Calibration.of(this);
    }

    /** The logits of one class. */
    private double[] logits(boolean ofPositives) {
        double[] found = new double[size];
        int count = 0;
        for (int row = 0; row < size; row++) {
            if (positive[row] == ofPositives) {
                found[count++] = logits[row];
            }
        }
        return Arrays.copyOf(found, count);
    }
}
