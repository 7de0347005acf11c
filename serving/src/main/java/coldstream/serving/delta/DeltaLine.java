package coldstream.serving.delta;

import coldstream.domain.SnapshotManifest;
import coldstream.model.DeltaRecord;
import coldstream.serving.delta.EpochReader.Found;
import coldstream.wire.EpochMarker;
import coldstream.wire.EpochMarker.Arrival;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What changed since one snapshot, taken into a model epoch by epoch. It reads from where the snapshot was taken; where
 * something is missing from there it reads everything there is, once. After that it is broken: only another snapshot helps. One
 * thread.
 */
public final class DeltaLine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeltaLine.class);

    /** By how much the clocks of trainer and broker may differ. */
    private static final Duration CLOCKS = Duration.ofSeconds(30);

    /** Epochs whose arrivals are remembered until they are shown. */
    private static final int REMEMBERED = 2_048;

    private final String snapshotId;
    private final SnapshotManifest snapshot;
    private final DeltaMode mode;
    private final Consumer<DeltaRecord> model;
    private final DeltaSource source;
    private final DeltaMetrics metrics;
    private final Clock clock;
    private final EpochReader reader;
    private final Lineage lineage;
    private final Deque<EpochMarker> unseen = new ArrayDeque<>();

    private Optional<EpochMarker> newest = Optional.empty();
    private boolean told;
    private boolean placed;
    private boolean whole;
    private boolean moved;
    private boolean held;
    private boolean spoiled;
    private long healedAt;
    private Optional<String> broken = Optional.empty();

    /**
     * @param model takes in every record of an epoch
     * @param source closed with this
     */
    public DeltaLine(
            String snapshotId,
            SnapshotManifest snapshot,
            DeltaMode mode,
            Consumer<DeltaRecord> model,
            DeltaSource source,
            DeltaMetrics metrics,
            Clock clock) {
        this.snapshotId = snapshotId;
        this.snapshot = snapshot;
        this.mode = mode;
        this.model = model;
        this.source = source;
        this.metrics = metrics;
        this.clock = clock;
        reader = new EpochReader(Runtime.getRuntime().maxMemory() / 4, metrics);
        lineage = new Lineage(snapshotId, snapshot);
    }

    /**
     * Reads what is there and takes whole epochs in.
     *
     * @param wait longest wait for something to come
     * @return whether the model is that of a later epoch than when this last said so
     */
    public boolean pull(Duration wait) {
        if (broken.isPresent()) {
            return false;
        }
        if (!placed) {
            source.from(snapshot.createdAt().minus(CLOCKS));
            placed = true;
        }
        for (DeltaSource.Raw raw : source.poll(wait)) {
            Optional<Found> found = reader.add(raw, clock.instant());
            if (found.isPresent() && !take(found.get())) {
                break; // broken, or reading from elsewhere
            }
        }
        if (moved && !spoiled && source.position() >= healedAt) {
            moved = false;
            return true;
        }
        return false;
    }

    /** Whether everything was read that was there when it was asked for. */
    public boolean reads(long end) {
        return broken.isPresent() || (placed && source.position() >= end);
    }

    /** Whether any epoch was there, so that {@link #arrivals} knows when events came. */
    public boolean tells() {
        return told;
    }

    /** Behind the newest record there is now. */
    public long end() {
        return source.end();
    }

    private boolean take(Found found) {
        EpochMarker marker = found.marker();
        told = true;
        held |= mode == DeltaMode.CHAMPION && marker.baseStep() > snapshot.step();
        if (held) {
            metrics.held();
            return true;
        }
        switch (lineage.place(marker, found.incarnation())) {
            case PAST -> {
                metrics.past();
                remember(marker);
                return true;
            }
            case FOREIGN -> {
                metrics.foreign();
                return breaks("epoch %d continues snapshot %s, which is not of this line"
                        .formatted(marker.step(), marker.base()));
            }
            case GAP -> {
                return missing(marker);
            }
            case NEXT -> {
                return next(found);
            }
        }
        throw new AssertionError(marker);
    }

    private boolean missing(EpochMarker marker) {
        if (!whole) {
            whole = true;
            reader.clear();
            source.fromBeginning();
            return false;
        }
        metrics.gap();
        return breaks("epoch %d goes on from step %d, the model has reached %d"
                .formatted(marker.step(), marker.fromStep(), lineage.reached()));
    }

    private boolean next(Found found) {
        EpochMarker marker = found.marker();
        try {
            found.records().forEach(model);
        } catch (IllegalArgumentException e) {
            spoiled = true;
            metrics.unfit();
            return breaks("epoch %d does not fit the model: %s".formatted(marker.step(), e.getMessage()));
        }
        metrics.taken(found.records().size());
        lineage.take(marker);
        newest = Optional.of(marker);
        moved = true;
        remember(marker);
        if (found.thinned()) {
            healedAt = Math.max(healedAt, source.end());
        }
        return true;
    }

    private boolean breaks(String why) {
        broken = Optional.of(why);
        LOG.atWarn()
                .addKeyValue("snapshot", snapshotId)
                .addKeyValue("why", why)
                .log("deltas end here, the next champion helps");
        return false;
    }

    private void remember(EpochMarker marker) {
        unseen.add(marker);
        if (unseen.size() > REMEMBERED) {
            unseen.remove();
        }
    }

    /** When events came that a model at {@code step} knows and one at {@code before} did not; each once. */
    public List<Arrival> arrivals(long before, long step) {
        List<Arrival> arrivals = new ArrayList<>();
        while (!unseen.isEmpty() && unseen.element().step() <= step) {
            EpochMarker marker = unseen.remove();
            if (marker.step() > before) {
                arrivals.addAll(marker.arrivals());
            }
        }
        return arrivals;
    }

    /** The epoch the model is at; empty where it is at the snapshot. */
    public Optional<EpochMarker> newest() {
        return newest;
    }

    /** Steps the model contains. */
    public long reached() {
        return lineage.reached();
    }

    /** Why nothing more is taken in, if so. */
    public Optional<String> broken() {
        return broken;
    }

    /** Whether the model is between two epochs: nobody may be shown it. */
    public boolean spoiled() {
        return spoiled || source.position() < healedAt;
    }

    @Override
    public void close() {
        source.close();
    }
}
