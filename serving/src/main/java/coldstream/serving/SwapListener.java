package coldstream.serving;

import coldstream.domain.SnapshotManifest;
import java.time.Instant;

/** Told when another version begins to answer. */
@FunctionalInterface
public interface SwapListener {

    /** @param at since when it answers */
    void swapped(String version, SnapshotManifest manifest, Instant at);
}
