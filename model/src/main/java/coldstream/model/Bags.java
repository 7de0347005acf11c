package coldstream.model;

import java.util.Arrays;

/** Rows of one table with their shares in a field, bag by bag: what fields are made of, as arrays that are walked in order. */
final class Bags {

    private int[] rows;
    private float[] shares;
    private int[] ends;
    private int bags;

    /** @param expected rows in all, about */
    Bags(int bags, int expected) {
        ends = new int[bags + 1];
        rows = new int[Math.max(4, expected)];
        shares = new float[rows.length];
    }

    /** Puts a row into the bag that is open. */
    void put(int row, float share) {
        int at = ends[bags];
        if (at == rows.length) {
            rows = Arrays.copyOf(rows, 2 * at);
            shares = Arrays.copyOf(shares, 2 * at);
        }
        rows[at] = row;
        shares[at] = share;
        ends[bags] = at + 1;
    }

    /** Closes the bag that is open, which may be empty, opens the next and answers the number of the one closed. */
    int close() {
        bags++;
        if (bags == ends.length) {
            ends = Arrays.copyOf(ends, 2 * bags);
        }
        ends[bags] = ends[bags - 1];
        return bags - 1;
    }

    int[] rows() {
        return rows;
    }

    float[] shares() {
        return shares;
    }

    /** Place of a bag's first row. */
    int from(int bag) {
        return bag == 0 ? 0 : ends[bag - 1];
    }

    /** Place behind a bag's last row. */
    int to(int bag) {
        return ends[bag];
    }

    /** Rows in a bag. */
    int size(int bag) {
        return to(bag) - from(bag);
    }
}
