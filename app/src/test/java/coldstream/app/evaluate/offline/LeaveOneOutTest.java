package coldstream.app.evaluate.offline;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.app.dataset.FolderDataSet;
import coldstream.app.dataset.RealDataSets;
import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LeaveOneOutTest {

    private final LeaveOneOut split =
            SmallSplit.of(8, new int[] {0, 1, 2, 3, 4}, new int[] {1, 5}, new int[] {2, 1, 6});

    /** The paper's Table 1. */
    @Tag("integration")
    @ParameterizedTest(name = "{0}: {1} rows, {2} of them cold")
    @CsvSource({"amazon-beauty, 262826, 119854, 22363", "amazon-sports, 379086, 190756, 35598"})
    void makesThePapersTrainingRows(String name, long rows, long cold, int tested) {
        FolderDataSet data = FolderDataSet.open(RealDataSets.folder(name));
        try (Stream<Item> items = data.items();
                Stream<Interaction> interactions = data.interactions()) {
            LeaveOneOut real = LeaveOneOut.of(items.map(Item::item).toList(), interactions);

            assertThat(real.trainingRows()).isEqualTo(rows);
            assertThat(real.trainingRows(3)).isEqualTo(cold);
            assertThat(real.tested()).hasSize(tested);
            assertThat(real.users())
                    .as("nobody is left for a stratum of fewer than three earlier interactions")
                    .allMatch(user -> user.test() >= 4);
        }
    }

    @Test
    void keepsTheLastTwoOfEachUserFromTraining() {
        assertThat(split.training().map(Interaction::item).map(ItemId::value))
                .containsExactly("i0", "i1", "i2", "i1", "i5", "i2");
        assertThat(split.counts()).containsExactly(1, 2, 2, 0, 0, 1, 0, 0);
        assertThat(split.tested()).containsExactly(0, 2);
        assertThat(split.user(0).validation()).isEqualTo(3);
        assertThat(split.user(0).test()).isEqualTo(4);
    }

    @Test
    void countsAPositiveAndANegativeForEveryTrainingInteractionButTheFirst() {
        assertThat(split.trainingRows()).isEqualTo(2 * (2 + 1 + 0));
        assertThat(split.trainingRows(1)).isEqualTo(2 * (1 + 1 + 0));
    }

    @Test
    void aSampleKnowsWhatWasStrictlyEarlierAndCountsOfTraining() {
        Sample test = split.sample(0, 4);
        assertThat(test.history().stream().map(ItemId::value)).containsExactly("i0", "i1", "i2", "i3");
        assertThat(test.userCount()).isEqualTo(4);
        assertThat(test.itemCount()).as("nobody took it in training").isZero();
        assertThat(split.sample(0, 1).itemCount()).isEqualTo(2);
        assertThat(split.sample(0, 1).history()).isEqualTo(List.of(new ItemId("i0")));
    }

    @Test
    void whatIsComparedWithAnEventWasNotTakenByThen() {
        for (long seed = 0; seed < 200; seed++) {
            HeldOut test = HeldOut.of(split, 2, 1, seed, "test");
            assertThat(test.item()).isEqualTo(1);
            assertThat(test.other()).isNotIn(2, 1);
        }
        assertThat(Stream.iterate(0L, seed -> seed + 1).limit(200).map(seed -> HeldOut.of(split, 2, 1, seed, "test")
                        .other()))
                .as("what is taken later stays eligible")
                .contains(6)
                .as("and so does every other item")
                .contains(0, 3, 4, 5, 7);
    }
}
