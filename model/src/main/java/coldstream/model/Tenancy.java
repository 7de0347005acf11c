package coldstream.model;

import it.unimi.dsi.fastutil.ints.IntArrayList;
import java.util.Arrays;
import java.util.function.IntConsumer;

/**
 * Who of a table's rows is free, who goes when it is full, and who has stayed away too long.
 *
 * <p>When all rows are taken, a newcomer gets the row of the one not seen for longest among {@value #LOOK} rows drawn at
 * random, or among all where there are no more (as Redis approximates LRU). Rows used in the step under way are never taken:
 * their gradients are on the way. Where all it looked at are such, the newcomer stays without a row for now. A row is overdue
 * when its life is over at its next touch, or when a broom, which passes over a few rows a step, finds it so. Placing a row
 * and ending a step take constant time at any size, and what happens depends on the calls alone.
 */
final class Tenancy {

    /** Rows looked at to place one newcomer: who goes is among the longest unseen 3 % on average. */
    static final int LOOK = 32;

    private static final int SWEPT_PER_STEP = 64;
    private static final int SWEPT_PER_NEWCOMER = 2;

    private final RowRules rules;
    private final RowClock clock;
    private final IntConsumer leaving;
    private final IntArrayList free = new IntArrayList();

    /** By row: the step of the last touch; 0 where it is free. */
    private int[] touched = {};

    /** By row: the minute of the last touch, where rows live for a time. */
    private int[] minutes = {};

    private long draws;
    private int broom;
    private long admitted;
    private long evicted;
    private long expired;
    private long refused;

    /** @param leaving told of a row before it is cleared: its id has none any more */
    Tenancy(RowRules rules, RowClock clock, IntConsumer leaving) {
        this.rules = rules;
        this.clock = clock;
        this.leaving = leaving;
    }

    /** Notes that the row is used in this step. */
    void touch(int row) {
        if (rules.temporary()) {
            touched[row] = clock.step;
            if (rules.ttlMinutes() > 0) {
                minutes[row] = clock.minute;
            }
        }
    }

    /** A row of zeros for a newcomer, touched; -1 where every row that could go is in use. */
    int place(RowTable table) {
        sweep(table, SWEPT_PER_NEWCOMER);
        if (free.isEmpty() && rules.capacity() > 0 && table.rows() >= rules.capacity()) {
            evict(table);
        }
        int row;
        if (!free.isEmpty()) {
            row = free.popInt();
        } else if (rules.capacity() == 0 || table.rows() < rules.capacity()) {
            row = table.add();
            extend(table.rows());
        } else {
            refused++;
            return -1;
        }
        admitted++;
        touch(row);
        return row;
    }

    private void extend(int rows) {
        if (rules.temporary() && rows > touched.length) {
            touched = Arrays.copyOf(touched, Math.max(Math.max(1024, rows), 2 * touched.length));
            minutes = rules.ttlMinutes() > 0 ? Arrays.copyOf(minutes, touched.length) : minutes;
        }
    }

    private void evict(RowTable table) {
        int rows = table.rows();
        Draws random = Draws.of(draws++);
        int oldest = -1;
        for (int looked = 0; looked < Math.min(LOOK, rows); looked++) {
            int row = rows <= LOOK ? looked : random.below(rows);
            if (touched[row] != clock.step && (oldest < 0 || touched[row] < touched[oldest])) {
                oldest = row;
            }
        }
        if (oldest >= 0) {
            evicted++;
            leave(table, oldest);
        }
    }

    /** Whether the row was left untouched longer than rows live. */
    boolean overdue(int row) {
        if (!rules.temporary() || touched[row] == clock.step) {
            return false;
        }
        boolean steps = rules.ttlSteps() > 0 && clock.step - touched[row] > rules.ttlSteps();
        boolean time = rules.ttlMinutes() > 0 && clock.minute - minutes[row] > rules.ttlMinutes();
        return steps || time;
    }

    /** Ends an overdue row. */
    void expire(RowTable table, int row) {
        expired++;
        leave(table, row);
    }

    private void leave(RowTable table, int row) {
        leaving.accept(row);
        table.clear(row);
        touched[row] = 0;
        free.push(row);
    }

    /** To be called at the end of every step. */
    void sweep(RowTable table) {
        sweep(table, SWEPT_PER_STEP);
    }

    private void sweep(RowTable table, int some) {
        if (rules.ttlSteps() == 0 && rules.ttlMinutes() == 0) {
            return;
        }
        for (int k = 0; k < Math.min(some, table.rows()); k++) {
            broom = broom + 1 >= table.rows() ? 0 : broom + 1;
            if (touched[broom] != 0 && overdue(broom)) {
                expire(table, broom);
            }
        }
    }

    RowCounts counts(RowTable table) {
        return new RowCounts(table.rows() - free.size(), admitted, evicted, expired, refused);
    }

    /** The state as of now. */
    Saved save(RowTable table) {
        int rows = rules.temporary() ? table.rows() : 0;
        return new Saved(
                Arrays.copyOf(touched, rows),
                Arrays.copyOf(minutes, rules.ttlMinutes() > 0 ? rows : 0),
                free.toIntArray(),
                new long[] {draws, broom, admitted, evicted, expired, refused});
    }

    /** Continues; rows of which no touch is known count as touched in the step before. */
    void restore(RowTable table, Saved saved) {
        free.clear();
        free.addElements(0, saved.free);
        draws = saved.numbers[0];
        broom = (int) saved.numbers[1];
        admitted = saved.numbers[2];
        evicted = saved.numbers[3];
        expired = saved.numbers[4];
        refused = saved.numbers[5];
        extend(table.rows());
        if (saved.touched.length == 0) {
            clock.step = Math.max(clock.step, 2);
        }
        for (int row = 0; row < table.rows() && rules.temporary(); row++) {
            touched[row] = saved.touched.length > 0 ? saved.touched[row] : clock.step - 1;
            if (rules.ttlMinutes() > 0) {
                minutes[row] = saved.minutes.length > 0 ? saved.minutes[row] : clock.minute;
            }
        }
        for (int row : saved.free) {
            if (rules.temporary()) {
                touched[row] = 0;
            }
        }
    }

    /** What a snapshot keeps. */
    static final class Saved {
        final int[] touched;
        final int[] minutes;
        final int[] free;
        final long[] numbers;

        Saved(int[] touched, int[] minutes, int[] free, long[] numbers) {
            this.touched = touched;
            this.minutes = minutes;
            this.free = free;
            this.numbers = numbers;
        }

        void write(Safetensors.Builder file, String name) {
            file.add(name + ".touched", java.util.List.of(touched.length), touched);
            file.add(name + ".minutes", java.util.List.of(minutes.length), minutes);
            file.add(name + ".free", java.util.List.of(free.length), free);
            file.add(name + ".tenancy", java.util.List.of(numbers.length), numbers);
        }

        static Saved read(Safetensors file, String name) {
            return new Saved(
                    file.ints(name + ".touched"),
                    file.ints(name + ".minutes"),
                    file.ints(name + ".free"),
                    file.longs(name + ".tenancy"));
        }
    }
}
