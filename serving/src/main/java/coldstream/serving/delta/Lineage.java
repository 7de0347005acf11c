package coldstream.serving.delta;

import coldstream.domain.SnapshotManifest;
import coldstream.wire.EpochMarker;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;

/**
 * Which epochs continue a snapshot. An incarnation of the trainer is of the snapshot's line if it started from, or has written, the
 * snapshot itself, its parent, or a snapshot that an incarnation of the line has written since; an epoch continues what was
 * reached if nothing between the two is missing.
 */
final class Lineage {

    /** Snapshots that are remembered: a trainer starts from its last one, or from one shortly before. */
    private static final int REMEMBERED = 8;

    /** What an epoch is to a model. */
    enum Place {
        /** Contained already. */
        PAST,
        /** The next. */
        NEXT,
        /** Something between is missing. */
        GAP,
        /** Of another line. */
        FOREIGN
    }

    private final Deque<String> snapshots = new ArrayDeque<>();
    private OptionalLong incarnation = OptionalLong.empty();
    private long reached;

    Lineage(String snapshotId, SnapshotManifest snapshot) {
        snapshot.parent().ifPresent(snapshots::add);
        snapshots.add(snapshotId);
        reached = snapshot.step();
    }

    /** Steps contained. */
    long reached() {
        return reached;
    }

    /** Where an epoch of an incarnation belongs. */
    Place place(EpochMarker marker, long of) {
        boolean own = incarnation.isPresent() && incarnation.getAsLong() == of;
        if (!own && !snapshots.contains(marker.base())) {
            return marker.step() <= reached ? Place.PAST : Place.FOREIGN;
        }
        incarnation = OptionalLong.of(of);
        remember(marker.base());
        if (marker.step() < reached || (own && marker.step() == reached)) {
            return Place.PAST; // another incarnation's epoch of the same step may hold other bits of it
        }
        return marker.fromStep() <= reached ? Place.NEXT : Place.GAP;
    }

    /** The epoch was taken in. */
    void take(EpochMarker marker) {
        reached = marker.step();
    }

    private void remember(String snapshot) {
        if (!snapshots.contains(snapshot)) {
            snapshots.add(snapshot);
            if (snapshots.size() > REMEMBERED) {
                snapshots.remove();
            }
        }
    }
}
