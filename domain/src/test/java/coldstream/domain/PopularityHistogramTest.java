package coldstream.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The oracle sorts all counts; it would not share a mistake in moving cells. */
class PopularityHistogramTest {

    @Test
    void theTailThresholdEqualsASortOfAllCounts() {
        var random = new Random(1);
        var histogram = new PopularityHistogram();
        long[] counts = new long[200];
        for (int event = 0; event < 5_000; event++) {
            int item = (int) (counts.length * Math.pow(random.nextDouble(), 3));
            histogram.increment(counts[item]++);
            if (event % 97 == 0) {
                for (double share : new double[] {0.1, 0.2, 0.5, 1.0}) {
                    assertThat(histogram.tailThreshold(share)).isEqualTo(bySorting(counts, share));
                }
            }
        }
        assertThat(histogram.active())
                .isEqualTo(Arrays.stream(counts).filter(count -> count > 0).count());
    }

    @Test
    void anEmptyCatalogueHasNoTail() {
        assertThat(new PopularityHistogram().tailThreshold(0.2)).isZero();
    }

    @Test
    void continuesFromItsCells() {
        var histogram = new PopularityHistogram();
        histogram.increment(0);
        histogram.increment(0);
        histogram.increment(1);

        var continued = new PopularityHistogram(histogram.cells());
        continued.increment(2);

        assertThat(continued.cells()).containsOnlyKeys(1L, 3L);
        assertThat(continued.active()).isEqualTo(2);
    }

    @Test
    void refusesToMoveAnItemThatIsNotThere() {
        assertThatThrownBy(() -> new PopularityHistogram().increment(7))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("no item has been taken 7 times");
    }

    private static long bySorting(long[] counts, double share) {
        long[] active =
                Arrays.stream(counts).filter(count -> count > 0).sorted().toArray();
        int wanted = (int) Math.ceil(share * active.length);
        return active[Math.max(wanted, 1) - 1];
    }
}
