package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IndexTest {

    /** Against a map in each direction, through growth, with ids that move, go and come back. */
    @Test
    void movesAsMapsDoAndAForkStaysAsItWas() {
        Random random = new Random(4);
        Index index = new Index();
        Map<String, Integer> numbers = new HashMap<>();
        Map<Integer, String> ids = new HashMap<>();
        Index fork = index.fork();
        Map<String, Integer> forked = Map.of();
        for (int step = 0; step < 20_000; step++) {
            String id = random.nextInt(5) == 0 ? "" : "id" + random.nextInt(3_000);
            int number = random.nextInt(2_000);
            index.move(number, id);
            String before = ids.put(number, id);
            if (before != null && numbers.getOrDefault(before, -1) == number) {
                numbers.remove(before);
            }
            if (!id.isEmpty()) {
                numbers.put(id, number);
            }
            if (step % 4_000 == 3_999) {
                assertSame(index, numbers);
                assertSame(fork, forked);
                fork = index.fork();
                forked = Map.copyOf(numbers);
            }
        }
    }

    private static void assertSame(Index index, Map<String, Integer> numbers) {
        for (int k = 0; k < 3_000; k++) {
            String id = "id" + k;
            assertThat(index.find(id)).isEqualTo(numbers.getOrDefault(id, -1));
        }
    }

    @Test
    void numbersGoByFirstSightThroughEveryGrowth() {
        Index index = new Index();
        for (int k = 0; k < 5_000; k++) {
            assertThat(index.add("id" + k)).isEqualTo(k);
        }
        assertThat(index.add("id7")).isEqualTo(7);
        assertThat(index.size()).isEqualTo(5_000);
        assertThat(index.id(4_999)).isEqualTo("id4999");
        assertThat(index.ids()).hasSize(5_000).startsWith("id0", "id1").endsWith("id4999");
    }

    @Test
    void aFreeNumberIsNobodysUntilItIsTaken() {
        Index index = new Index();
        index.add("a");
        index.add("b");
        index.free(0);
        assertThat(index.find("a")).isEqualTo(-1);
        index.take(0, "c");
        assertThat(index.ids()).isEqualTo(List.of("c", "b"));
        assertThat(index.find("c")).isZero();
    }
}
