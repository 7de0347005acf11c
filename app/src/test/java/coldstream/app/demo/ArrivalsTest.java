package coldstream.app.demo;

import static org.assertj.core.api.Assertions.assertThat;

import coldstream.testkit.Examples;
import coldstream.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ArrivalsTest {

    private final Arrivals arrivals = new Arrivals();

    @Test
    void handsOutEachArrivalOnceWhenTheOffsetIsPassed() {
        LongStream.range(0, 3_000).forEach(offset -> arrivals.add(2 * offset, sample(offset)));

        assertThat(taken(4)).containsExactly(millis(0), millis(1));
        assertThat(taken(4)).isEmpty();
        assertThat(taken(7)).containsExactly(millis(2), millis(3));
        assertThat(taken(Long.MAX_VALUE)).hasSize(2_996);
    }

    @Test
    void aRecordWithoutAnIngestTimeDoesNotCount() {
        arrivals.add(0, new byte[] {'{', '}'});

        assertThat(taken(1)).isEmpty();
    }

    private List<Long> taken(long offset) {
        List<Long> taken = new ArrayList<>();
        arrivals.takeUpTo(offset, taken::add);
        return taken;
    }

    private static byte[] sample(long second) {
        return Json.write(Examples.sample(
                "s", Examples.ANN, Examples.FILM, List.of(Examples.BOOK), 0, Examples.NOON.plusSeconds(second)));
    }

    private static long millis(long second) {
        return Examples.NOON.plusSeconds(second).toEpochMilli();
    }
}
