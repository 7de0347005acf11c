package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowTableTest {

    @Test
    void aCopyDoesNotSeeWhatComesAfterIt() {
        RowTable table = new RowTable(2, true);
        for (int row = 0; row < 1000; row++) {
            table.add();
            table.chunkToWrite(row)[table.offset(row)] = row;
        }
        RowTable copy = table.copy();
        float[] before = copy.flatValues();
        for (int row = 0; row < 1000; row += 7) {
            table.chunkToWrite(row)[table.offset(row)] = -1;
            table.state(row, 1, 5);
        }
        table.add();
        table.chunkToWrite(1000)[table.offset(1000)] = -1;
        assertThat(copy.flatValues()).isEqualTo(before);
        assertThat(copy.flatStates()).containsOnly(0);
        assertThat(copy.rows()).isEqualTo(1000);
        assertThat(table.chunk(7)[table.offset(7)]).isEqualTo(-1);
    }

    @Test
    void rowsSurviveTheirFlatForm() {
        RowTable table = new RowTable(3, false);
        for (int row = 0; row < 600; row++) {
            table.add();
            Draws.of(row).normal(table.chunkToWrite(row), table.offset(row), 3, 1);
            table.state(row, 0, row);
        }
        RowTable again = new RowTable(3, false);
        again.addAll(table.flatValues(), table.flatStates(), table.flatTimes());
        assertThat(again.rows()).isEqualTo(600);
        assertThat(again.flatValues()).isEqualTo(table.flatValues());
        assertThat(again.flatStates()).isEqualTo(table.flatStates());
    }
}
