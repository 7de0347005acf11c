package coldstream.wire;

import static coldstream.domain.Check.check;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The last record of an epoch of a model's deltas: with the records before it, of the same epoch and incarnation, it takes any
 * model of the line between {@code fromStep} and {@code step} to what the trainer's was after {@code step}.
 *
 * @param formatVersion of this record, now {@value #FORMAT_VERSION}
 * @param model name of the model
 * @param base id of the trainer's newest snapshot
 * @param baseStep step of that snapshot
 * @param fromStep everything that changed in steps after this one is in the epoch
 * @param step last step, which names the epoch
 * @param records of the epoch, without this one
 * @param samples learnt from up to the epoch
 * @param offsets next offset to read, by {@code topic-partition}, of every input
 * @param newestIngestTime ingest time of the newest sample
 * @param arrivals when the events behind the epoch's samples reached the system
 * @param at when the epoch was taken from the model
 */
public record EpochMarker(
        int formatVersion,
        String model,
        String base,
        long baseStep,
        long fromStep,
        long step,
        int records,
        long samples,
        SortedMap<String, Long> offsets,
        Optional<Instant> newestIngestTime,
        List<Arrival> arrivals,
        Instant at) {

    public static final int FORMAT_VERSION = 1;

    /** Table of the key of a marker; its part is the epoch. */
    public static final String TABLE = "epoch";

    /**
     * Events that came at about the same time.
     *
     * @param millis ingest time of the first of them, milliseconds since 1970
     */
    public record Arrival(long millis, long events) {}

    public EpochMarker {
        check(formatVersion == FORMAT_VERSION, "epoch format must be %d, got %d", FORMAT_VERSION, formatVersion);
        check(
                fromStep >= 0 && fromStep <= step,
                "an epoch must go from a step to a later one, got %d to %d",
                fromStep,
                step);
        check(records >= 0, "records must not be negative, got %d", records);
        offsets = new TreeMap<>(offsets);
        arrivals = List.copyOf(arrivals);
    }

    /** The key of an epoch's marker. */
    public static String key(long epoch) {
        return TABLE + "|" + epoch;
    }
}
