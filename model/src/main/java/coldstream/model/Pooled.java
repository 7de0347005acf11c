package coldstream.model;

import java.util.List;

/** What a pass sees, as arrays, or the gradients of that. Axes: N rows, F fields, d factors. */
final class Pooled {

    /** Features x0, (N, F, d). */
    final float[] features;

    /** Linear weights, (N, F). */
    final float[] linear;

    final Histories histories;

    private final int rows;
    private final int fields;

    Pooled(int rows, int fields, int dimension, Histories histories) {
        this.rows = rows;
        this.fields = fields;
        features = new float[rows * fields * dimension];
        linear = new float[rows * fields];
        this.histories = histories;
    }

    /** With the arrays of an earlier one, and what is left in them, where they are large enough; they may be longer. */
    Pooled(int rows, int fields, int dimension, Histories histories, Pooled earlier) {
        this.rows = rows;
        this.fields = fields;
        boolean fits = earlier.linear.length >= rows * fields;
        features = fits ? earlier.features : new float[rows * fields * dimension];
        linear = fits ? earlier.linear : new float[rows * fields];
        this.histories = histories;
    }

    private Pooled(Pooled one, Histories histories) {
        rows = one.rows;
        fields = one.fields;
        features = one.features;
        linear = one.linear;
        this.histories = histories;
    }

    /** The same memory with other histories. */
    Pooled of(Histories other) {
        return new Pooled(this, other);
    }

    int rows() {
        return rows;
    }

    /** Fields of all rows, N F. */
    int size() {
        return rows * fields;
    }

    /**
     * The history items of S sides, one by one: T places each, of which the first are taken. A side is there once, however
     * many rows it has.
     */
    static final class Histories {

        /** For backbones that do not look at them. */
        static final Histories NONE = new Histories(0, 0, 0, new int[0]);

        /** T, or 0 where histories are not looked at. */
        final int places;

        /** Item row and mean category row of each item, (S, T, 2 d). */
        final float[] keys;

        /** 1 where a place is taken, (S, T). */
        final float[] mask;

        /** The side of each row, (N). */
        final int[] sides;

        Histories(int sideCount, int places, int dimension, int[] sides) {
            this.places = places;
            this.sides = sides;
            keys = new float[sideCount * places * 2 * dimension];
            mask = new float[sideCount * places];
        }

        private Histories(Histories one, int rows) {
            places = one.places;
            keys = one.keys;
            mask = one.mask;
            sides = new int[rows];
        }

        /**
         * Several of one side each, side by side.
         *
         * @param sides the side of each row, (N)
         */
        static Histories of(List<Histories> each, int dimension, int[] sides) {
            int places = each.isEmpty() ? 0 : each.get(0).places;
            if (places == 0) {
                return NONE;
            }
            Histories together = new Histories(each.size(), places, dimension, sides);
            for (int side = 0; side < each.size(); side++) {
                Histories one = each.get(side);
                System.arraycopy(one.keys, 0, together.keys, side * places * 2 * dimension, places * 2 * dimension);
                System.arraycopy(one.mask, 0, together.mask, side * places, places);
            }
            return together;
        }

        /** The first side for so many rows. */
        Histories ofRows(int rows) {
            return places == 0 ? this : new Histories(this, rows);
        }
    }
}
