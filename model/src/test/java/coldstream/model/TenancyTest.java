package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class TenancyTest {

    private final RowClock clock = new RowClock();
    private final RowTable table = new RowTable(2, false);
    private final List<Integer> left = new ArrayList<>();

    private Tenancy tenancy(int capacity, String life) {
        return new Tenancy(new RowRules(1, 1, capacity, 0, 0).withLife(life), clock, left::add);
    }

    private int place(Tenancy tenancy) {
        int row = tenancy.place(table);
        if (row >= 0) {
            table.chunkToWrite(row)[table.offset(row)] = 1;
            table.state(row, 0, 1);
        }
        return row;
    }

    @Test
    void withoutRulesRowsAreForEverAndFollowEachOther() {
        Tenancy tenancy = tenancy(0, "none");
        for (int row = 0; row < 1000; row++) {
            clock.step++;
            assertThat(place(tenancy)).isEqualTo(row);
        }
        assertThat(left).isEmpty();
        assertThat(tenancy.counts(table)).isEqualTo(new RowCounts(1000, 1000, 0, 0, 0));
    }

    @Test
    void theNewcomerToAFullTableGetsTheRowOfSomebodyNotSeenForLong() {
        Tenancy tenancy = tenancy(3, "none");
        for (int k = 0; k < 3; k++) {
            place(tenancy);
        }
        clock.step++;
        tenancy.touch(0);
        tenancy.touch(2);
        clock.step++;
        assertThat(place(tenancy)).isEqualTo(1);
        assertThat(left).containsExactly(1);
        assertThat(tenancy.counts(table)).isEqualTo(new RowCounts(3, 4, 1, 0, 0));
    }

    @Test
    void aRowThatChangesHandsStartsWithZeros() {
        Tenancy tenancy = tenancy(1, "none");
        place(tenancy);
        clock.step++;
        assertThat(tenancy.place(table)).isZero();
        assertThat(table.flatValues()).containsOnly(0);
        assertThat(table.untouched(0)).isTrue();
    }

    @Test
    void aRowOfTheStepUnderWayIsNeverTaken() {
        Tenancy tenancy = tenancy(2, "none");
        place(tenancy);
        place(tenancy);
        assertThat(place(tenancy)).isEqualTo(-1);
        clock.step++;
        tenancy.touch(1);
        assertThat(place(tenancy)).isZero();
        assertThat(place(tenancy)).isEqualTo(-1);
        assertThat(tenancy.counts(table)).isEqualTo(new RowCounts(2, 3, 1, 0, 2));
    }

    /** Regulars come in every third step, the others once: the regulars keep their rows. */
    @Test
    void thoseWhoComeOftenAreNotDrivenOutByThoseWhoComeOnce() {
        Tenancy tenancy = tenancy(200, "none");
        int[] regulars = new int[100];
        for (int k = 0; k < 100; k++) {
            regulars[k] = place(tenancy);
        }
        for (int step = 0; step < 3000; step++) {
            clock.step++;
            if (step % 3 == 0) {
                for (int row : regulars) {
                    tenancy.touch(row);
                }
            }
            assertThat(place(tenancy)).isNotNegative();
        }
        assertThat(left).hasSize(3000 - 100);
        for (int row : regulars) {
            assertThat(left).doesNotContain(row);
        }
    }

    /** The oldest of 32 drawn is among the oldest tenth of all with probability 1 − .9³² = .966. */
    @Test
    void theOneWhoGoesIsAmongThoseNotSeenForLongest() {
        Tenancy tenancy = tenancy(500, "none");
        int[] last = new int[500];
        for (int k = 0; k < 500; k++) {
            last[place(tenancy)] = clock.step;
        }
        Draws draws = Draws.of(2);
        int better = 0;
        int newcomers = 0;
        for (int step = 0; step < 4000; step++) {
            clock.step++;
            for (int k = 0; k < 4; k++) {
                int row = (int) (500 * draws.uniform() * draws.uniform());
                tenancy.touch(row);
                last[row] = clock.step;
            }
            left.clear();
            int row = place(tenancy);
            int gone = last[left.get(0)];
            if (step > 1000) {
                better += Arrays.stream(last).filter(other -> other < gone).count() < 50 ? 1 : 0;
                newcomers++;
            }
            last[row] = clock.step;
        }
        assertThat((double) better / newcomers).isGreaterThan(0.95);
    }

    @Test
    void aRowIsOverdueOnlyWhenItsLifeIsOver() {
        Tenancy tenancy = tenancy(0, "5steps");
        int row = place(tenancy);
        for (int step = 0; step < 5; step++) {
            clock.step++;
            assertThat(tenancy.overdue(row)).isFalse();
        }
        clock.step++;
        assertThat(tenancy.overdue(row)).isTrue();
        tenancy.touch(row);
        assertThat(tenancy.overdue(row)).isFalse();
    }

    @Test
    void aLifeInTimeGoesByTheLatestEvent() {
        Tenancy tenancy = tenancy(0, "2h");
        clock.at(Instant.parse("2026-01-01T10:00:00Z"));
        int row = place(tenancy);
        clock.step++;
        clock.at(Instant.parse("2026-01-01T12:00:59Z"));
        clock.at(Instant.parse("2026-01-01T03:00:00Z"));
        assertThat(tenancy.overdue(row)).isFalse();
        clock.at(Instant.parse("2026-01-01T12:01:00Z"));
        assertThat(tenancy.overdue(row)).isTrue();
    }

    @Test
    void theBroomFindsEveryOverdueRowInTheEndAndOthersGetThem() {
        Tenancy tenancy = tenancy(0, "10steps");
        for (int k = 0; k < 1000; k++) {
            place(tenancy);
        }
        for (int step = 0; step < 10 + 1000 / 64 + 2; step++) {
            clock.step++;
            tenancy.touch(7);
            tenancy.sweep(table);
        }
        assertThat(tenancy.counts(table)).isEqualTo(new RowCounts(1, 1000, 0, 999, 0));
        assertThat(left).hasSize(999).doesNotContain(7);
        for (int k = 0; k < 999; k++) {
            assertThat(place(tenancy)).isBetween(0, 999).isNotEqualTo(7);
        }
        assertThat(table.rows()).isEqualTo(1000);
    }

    /** Newcomers alone sweep too: with a life of 100 steps and one newcomer a step the table stays near 100 rows. */
    @Test
    void aTableWhoseRowsExpireDoesNotGrowWithoutEnd() {
        Tenancy tenancy = tenancy(0, "100steps");
        for (int step = 0; step < 20_000; step++) {
            clock.step++;
            place(tenancy);
        }
        assertThat(table.rows()).isLessThan(400);
    }

    /** Only one row could go; a full scan would find it, and would cost more the larger the table is. */
    @Test
    void noFullScanLooksForAPlace() {
        Tenancy tenancy = tenancy(100_000, "none");
        for (int k = 0; k < 100_000; k++) {
            place(tenancy);
        }
        clock.step++;
        for (int row = 0; row < 99_999; row++) {
            tenancy.touch(row);
        }
        assertThat(place(tenancy)).isEqualTo(-1);
        assertThat(tenancy.counts(table).refused()).isEqualTo(1);
    }

    @Test
    void aLoweredCapacityStopsTheGrowth() {
        Tenancy before = tenancy(0, "none");
        for (int k = 0; k < 5000; k++) {
            place(before);
        }
        Tenancy after = tenancy(10, "none");
        after.restore(table, before.save(table));
        clock.step++;
        for (int k = 0; k < 20; k++) {
            assertThat(place(after)).isBetween(0, 4999);
        }
        assertThat(table.rows()).isEqualTo(5000);
    }
}
