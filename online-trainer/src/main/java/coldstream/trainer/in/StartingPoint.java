package coldstream.trainer.in;

import coldstream.domain.SnapshotManifest;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where a trainer starts: where its snapshot stands.
 *
 * @param step steps the snapshot contains; 0 without a snapshot
 * @param journalOffset next offset to read in the journal
 * @param offsets next offset to read, by {@code topic-partition}, of every input
 */
public record StartingPoint(long step, long journalOffset, SortedMap<String, Long> offsets) {

    /** Without a snapshot. */
    public static final StartingPoint BEGINNING = new StartingPoint(0, 0, new TreeMap<>());

    public StartingPoint {
        offsets = Collections.unmodifiableSortedMap(new TreeMap<>(offsets));
    }

    /** Where a snapshot stands. */
    public static StartingPoint of(SnapshotManifest manifest) {
        return new StartingPoint(manifest.step(), manifest.journalOffset(), new TreeMap<>(manifest.offsets()));
    }
}
