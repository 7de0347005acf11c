package coldstream.trainer.delta;

import coldstream.model.DeltaRecord;
import coldstream.wire.DeltaEnvelope;
import coldstream.wire.DeltaEnvelope.Stamp;
import coldstream.wire.EpochMarker;
import coldstream.wire.EpochMarker.Arrival;
import coldstream.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What changed in a model up to a step, taken from it and not yet given away.
 *
 * @param changes hands out its records, on any thread
 * @param base id of the newest snapshot
 * @param fromStep everything that changed after this step is in it
 */
public record Epoch(
        Changes changes,
        String model,
        String base,
        long baseStep,
        long fromStep,
        long step,
        long samples,
        SortedMap<String, Long> offsets,
        Optional<Instant> newestIngestTime,
        List<Arrival> arrivals,
        Instant at) {

    /** Parts of a model as they are now. */
    public interface Changes {

        /** Refuses what nobody may serve. */
        void requireSound();

        void records(java.util.function.Consumer<DeltaRecord> to);
    }

    /** How much was written. */
    record Size(int records, long bytes) {}

    /** Hands everything to a writer, the marker last. */
    Size write(long incarnation, DeltaLog.Writer to) {
        Stamp stamp = new Stamp(step, incarnation, Stamp.base(base));
        var written = new Object() {
            int records;
            long bytes;
        };
        changes.records(record -> {
            byte[] value = DeltaEnvelope.seal(record.key(), stamp, record.content());
            to.write(record.key(), value);
            written.records++;
            written.bytes += value.length;
        });
        EpochMarker marker = new EpochMarker(
                EpochMarker.FORMAT_VERSION,
                model,
                base,
                baseStep,
                fromStep,
                step,
                written.records,
                samples,
                offsets,
                newestIngestTime,
                arrivals,
                at);
        String key = EpochMarker.key(step);
        to.write(key, DeltaEnvelope.seal(key, stamp, Json.write(marker)));
        return new Size(written.records, written.bytes);
    }
}
