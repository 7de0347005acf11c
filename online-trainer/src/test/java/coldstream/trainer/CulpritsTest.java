package coldstream.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Culprits that are known beforehand must be found, and no others. */
class CulpritsTest {

    private static final int SIZE = 128;

    private static Culprits.Trial failingAt(Set<Integer> culprits, AtomicInteger trials) {
        return places -> {
            trials.incrementAndGet();
            return places.stream()
                    .filter(culprits::contains)
                    .findFirst()
                    .map(place -> new IllegalArgumentException("at " + place));
        };
    }

    @RepeatedTest(20)
    void exactlyTheCulpritsAreFoundEachWithItsOwnFailureInAFewTrials(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var culprits = new TreeSet<Integer>();
        for (int wanted = random.nextInt(9); culprits.size() < wanted; ) {
            culprits.add(random.nextInt(SIZE));
        }
        var trials = new AtomicInteger();
        var found = Culprits.find(SIZE, 8, failingAt(culprits, trials));

        assertThat(found.keySet()).containsExactlyElementsOf(culprits);
        found.forEach((place, why) -> assertThat(why).hasMessage("at " + place));
        assertThat(trials.get()).isLessThanOrEqualTo(1 + culprits.size() * 9);
    }

    @Test
    void twoThatFailOnlyTogetherLoseTheLaterOne() {
        var found = Culprits.find(
                SIZE,
                8,
                places -> places.containsAll(List.of(3, 90))
                        ? Optional.of(new IllegalArgumentException("together"))
                        : Optional.empty());
        assertThat(found.keySet()).containsExactly(90);
    }

    @Test
    void moreThanTheMostIsNotTheirFault() {
        var trials = new AtomicInteger();
        assertThatThrownBy(() -> Culprits.find(SIZE, 2, failingAt(Set.of(1, 2, 3), trials)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("without at most 2 of its records")
                .hasMessageContaining("at 3");
    }

    @Test
    void whatFailsWithoutAnyRecordIsNotTheirFault() {
        assertThatThrownBy(() -> Culprits.find(
                        SIZE, 8, places -> Optional.of(new IllegalArgumentException("whatever it is given"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("must be applicable without its records")
                .hasMessageContaining("whatever it is given");
    }
}
