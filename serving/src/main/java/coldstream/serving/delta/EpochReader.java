package coldstream.serving.delta;

import coldstream.model.DeltaRecord;
import coldstream.wire.DeltaEnvelope;
import coldstream.wire.DeltaEnvelope.DamagedException;
import coldstream.wire.DeltaEnvelope.Stamp;
import coldstream.wire.EpochMarker;
import coldstream.wire.Json;
import coldstream.wire.TopicSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/**
 * Puts epochs together. An epoch is whole when its marker has come and as many records of the same epoch, incarnation and base
 * before it as the marker says. Of one that is old enough, compaction may have taken records that newer ones replace.
 */
final class EpochReader {

    private static final String MARKER = EpochMarker.TABLE + "|";

    /** Compaction leaves records alone for so long; clocks may differ a little. */
    private static final Duration WHOLE = TopicSetup.DELTAS_WHOLE.minusMinutes(1);

    private final long mostBytes;
    private final DeltaMetrics metrics;
    private final List<DeltaRecord> waiting = new ArrayList<>();
    private @Nullable Stamp stamp;
    private long bytes;

    /** @param mostBytes of the records of one epoch; a larger one is held to be torn */
    EpochReader(long mostBytes, DeltaMetrics metrics) {
        this.mostBytes = mostBytes;
        this.metrics = metrics;
    }

    /**
     * An epoch.
     *
     * @param records of it, as far as they are there
     * @param thinned whether newer records have replaced some: with those, it is as good as whole
     */
    record Found(EpochMarker marker, long incarnation, List<DeltaRecord> records, boolean thinned) {}

    /** Takes the next record in; the epoch it completes. */
    Optional<Found> add(DeltaSource.Raw raw, Instant now) {
        DeltaEnvelope opened;
        try {
            opened = DeltaEnvelope.open(raw.key(), raw.value());
        } catch (DamagedException e) {
            metrics.damaged();
            return Optional.empty(); // its epoch lacks a record, and shows it
        }
        if (!opened.stamp().equals(stamp)) {
            giveUp();
            stamp = opened.stamp();
        }
        if (raw.key().startsWith(MARKER)) {
            return complete(raw, opened, now);
        }
        bytes += raw.value().length;
        if (bytes <= mostBytes) {
            waiting.add(DeltaRecord.of(raw.key(), opened.content()));
        }
        return Optional.empty();
    }

    private Optional<Found> complete(DeltaSource.Raw raw, DeltaEnvelope opened, Instant now) {
        EpochMarker marker;
        try {
            marker = Json.read(opened.content(), EpochMarker.class);
        } catch (SerializationException | IllegalArgumentException e) {
            metrics.damaged();
            giveUp();
            return Optional.empty();
        }
        boolean fits = bytes <= mostBytes;
        boolean old = Duration.between(Instant.ofEpochMilli(raw.millis()), now).compareTo(WHOLE) > 0;
        boolean whole = fits && waiting.size() == marker.records();
        boolean thinned = fits && old && waiting.size() < marker.records();
        if (!whole && !thinned) {
            metrics.torn();
            clear();
            return Optional.empty();
        }
        Found found = new Found(marker, opened.stamp().incarnation(), List.copyOf(waiting), thinned);
        clear();
        return Optional.of(found);
    }

    /** Forgets records whose marker did not come, or does not fit them. */
    private void giveUp() {
        if (!waiting.isEmpty()) {
            metrics.torn();
        }
        clear();
    }

    void clear() {
        waiting.clear();
        bytes = 0;
        stamp = null;
    }
}
