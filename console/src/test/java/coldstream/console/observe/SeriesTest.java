package coldstream.console.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {

    private record At(Instant time) implements Timed {

        static At second(long second) {
            return new At(Instant.ofEpochSecond(second));
        }

        long second() {
            return time.getEpochSecond();
        }
    }

    @Test
    void neverHoldsMoreThanItMayAndStillReachesBackToItsBeginning() {
        Series<At> series = new Series<>(100);
        for (long second = 0; second < 100_000; second++) {
            series.add(At.second(second));
        }

        List<At> all = series.thinned(Integer.MAX_VALUE);

        assertThat(all).hasSizeLessThanOrEqualTo(100);
        assertThat(all.get(0).second()).isZero();
        assertThat(all.get(all.size() - 1).second()).isEqualTo(99_999);
        assertThat(all).extracting(At::second).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void theNewerHalfIsAsFineAsItCame() {
        Series<At> series = new Series<>(100);
        for (long second = 0; second < 1_000; second++) {
            series.add(At.second(second));
        }

        List<At> all = series.thinned(Integer.MAX_VALUE);

        List<At> newest = all.subList(all.size() - 40, all.size());
        for (int k = 1; k < newest.size(); k++) {
            assertThat(newest.get(k).second() - newest.get(k - 1).second()).isOne();
        }
    }

    @Test
    void whatComesLateTakesThePlaceOfItsTime() {
        Series<At> series = new Series<>(10);
        for (long second : List.of(5L, 9L, 1L, 7L)) {
            series.add(At.second(second));
        }

        assertThat(series.thinned(10)).extracting(At::second).containsExactly(1L, 5L, 7L, 9L);
    }

    @Test
    void thinnedToAnyNumberItHasBothEnds() {
        Series<At> series = new Series<>(1_000);
        for (long second = 0; second < 777; second++) {
            series.add(At.second(second));
        }
        for (int most : List.of(2, 3, 10, 300, 776)) {
            List<At> some = new ArrayList<>(series.thinned(most));

            assertThat(some).hasSize(most);
            assertThat(some.get(0).second()).isZero();
            assertThat(some.get(most - 1).second()).isEqualTo(776);
        }
        assertThat(series.thinned(1)).extracting(At::second).containsExactly(776L);
    }
}
