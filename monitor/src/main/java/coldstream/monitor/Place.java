package coldstream.monitor;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a model stood when an alarm opened or closed.
 *
 * @param step of the trainer
 * @param version newest one that was published; empty before the first
 * @param fromOffsets first offset of the window, by {@code topic-partition}
 * @param toOffsets next offset behind it, by {@code topic-partition}
 */
public record Place(
        String model,
        long step,
        Optional<String> version,
        SortedMap<String, Long> fromOffsets,
        SortedMap<String, Long> toOffsets) {

    public Place {
        fromOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(fromOffsets));
        toOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(toOffsets));
    }

    /** Of a model, with offsets in any order. */
    public static Place of(
            String model, long step, Optional<String> version, Map<String, Long> from, Map<String, Long> to) {
        return new Place(model, step, version, new TreeMap<>(from), new TreeMap<>(to));
    }
}
