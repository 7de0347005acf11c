package coldstream.trainer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Finds the records without which a step can be applied. While all that is left fails, the last record of the shortest prefix
 * that fails is a culprit: about log<sub>2</sub> n trials each.
 */
final class Culprits {

    /** Tries some records, by place in rising order, from the same state every time. */
    @FunctionalInterface
    interface Trial {

        /** How it failed; empty if it did not. The last call that did not fail is the outcome. */
        Optional<RuntimeException> failure(List<Integer> places);
    }

    private Culprits() {}

    /**
     * Tries until it does not fail.
     *
     * @param size records, places 0 to size − 1
     * @param most culprits; with more the fault is hardly the records'
     * @return why, by place; empty if all together did not fail this time
     * @throws IllegalStateException if it fails without any record, or with too many
     */
    static SortedMap<Integer, RuntimeException> find(int size, int most, Trial trial) {
        List<Integer> left = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        SortedMap<Integer, RuntimeException> culprits = new TreeMap<>();
        Optional<RuntimeException> failure = trial.failure(left);
        while (failure.isPresent()) {
            if (culprits.size() == most) {
                throw new IllegalStateException(
                        "a step must be applicable without at most " + most + " of its records, it still fails with "
                                + failure.get(),
                        failure.get());
            }
            Shortest shortest = shortest(left, failure.get(), trial);
            if (shortest.length == 0) {
                throw new IllegalStateException(
                        "a step must be applicable without its records, it fails with " + shortest.why, shortest.why);
            }
            culprits.put(left.remove(shortest.length - 1), shortest.why);
            failure = trial.failure(left);
        }
        return culprits;
    }

    /** The shortest prefix that fails, and how. */
    private record Shortest(int length, RuntimeException why) {}

    private static Shortest shortest(List<Integer> places, RuntimeException whole, Trial trial) {
        var shortest = new Shortest(places.size(), whole);
        int least = 0;
        while (least < shortest.length) {
            int middle = (least + shortest.length) / 2;
            Optional<RuntimeException> failure = trial.failure(List.copyOf(places.subList(0, middle)));
            if (failure.isPresent()) {
                shortest = new Shortest(middle, failure.get());
            } else {
                least = middle + 1;
            }
        }
        return shortest;
    }
}
