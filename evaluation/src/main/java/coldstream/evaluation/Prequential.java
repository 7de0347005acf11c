package coldstream.evaluation;

import static coldstream.domain.Check.check;

import coldstream.domain.ScoredEvent;
import coldstream.domain.ScoredEvent.Negative;
import coldstream.domain.StratumMetrics;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * The quality of predictions made before learning from them, by {@link Stratum}, in bounded memory (about 4 MiB).
 *
 * <p>Areas are those of {@link HistogramAuc}; their 95 % intervals are DeLong's from the same histograms, which takes rows
 * as independent: a comparison of two models wants {@link PairedBootstrap}, which keeps a user's events together. The
 * logistic loss and the calibration ratio are over the same rows as the area, and corrected for nothing: with two
 * negatives sampled per positive the positive rate is a third.
 *
 * <p>Events with {@link ScoredEvent#scored()} false are counted and otherwise ignored. Not thread-safe.
 */
public final class Prequential {

    private static final int FORMAT_VERSION = 1;

    private final Map<Stratum, StratumTally> tallies = new EnumMap<>(Stratum.class);
    private long scored;
    private long ignored;

    public Prequential() {
        for (Stratum stratum : Stratum.values()) {
            tallies.put(stratum, new StratumTally());
        }
    }

    /** Counts the predictions of one event. */
    public void add(ScoredEvent event) {
        if (!event.scored()) {
            ignored++;
            return;
        }
        scored++;
        tallies.forEach((stratum, tally) -> {
            if (stratum.holds(event)) {
                tally.add(event.sample().label() == 1, event.logit());
            }
            for (Negative negative : event.negatives()) {
                if (stratum.holds(event, negative)) {
                    tally.add(false, negative.logit());
                }
            }
        });
    }

    /** Counts the predictions of events in their order. */
    public void addAll(Collection<ScoredEvent> events) {
        events.forEach(this::add);
    }

    /** Adds everything the other has counted. */
    public void merge(Prequential other) {
        tallies.forEach((stratum, tally) -> tally.merge(other.tally(stratum)));
        scored += other.scored;
        ignored += other.ignored;
    }

    /** Events that count. */
    public long scored() {
        return scored;
    }

    /** Events that do not: the warm-up, and new items with too few others to compare with. */
    public long ignored() {
        return ignored;
    }

    /** Quality by {@link Stratum#key()}, every stratum, in the order of declaration; NaN where there is no evidence. */
    public Map<String, StratumMetrics> metrics() {
        var metrics = new LinkedHashMap<String, StratumMetrics>();
        tallies.forEach((stratum, tally) -> metrics.put(stratum.key(), tally.metrics()));
        return metrics;
    }

    /** Mean predicted probability over the share of positives, by {@link Stratum#key()}; 1 is calibrated. */
    public Map<String, Double> calibrationRatios() {
        var ratios = new LinkedHashMap<String, Double>();
        tallies.forEach((stratum, tally) -> ratios.put(stratum.key(), tally.calibrationRatio()));
        return ratios;
    }

    /** Everything counted so far, to continue from with {@link #restore(byte[])}. */
    public byte[] save() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT_VERSION);
            out.writeLong(scored);
            out.writeLong(ignored);
            for (StratumTally tally : tallies.values()) {
                tally.write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    /** Continues from {@link #save()}. */
    public static Prequential restore(byte[] saved) {
        var restored = new Prequential();
        try (var in = new DataInputStream(new ByteArrayInputStream(saved))) {
            int version = in.readUnsignedByte();
            check(version == FORMAT_VERSION, "format of saved metrics must be %d, got %d", FORMAT_VERSION, version);
            restored.scored = in.readLong();
            restored.ignored = in.readLong();
            for (Stratum stratum : Stratum.values()) {
                restored.tallies.put(stratum, StratumTally.read(in));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("saved metrics must be whole, got %d bytes".formatted(saved.length), e);
        }
        return restored;
    }

    private StratumTally tally(Stratum stratum) {
        return Objects.requireNonNull(tallies.get(stratum));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Prequential that
                && scored == that.scored
                && ignored == that.ignored
                && tallies.equals(that.tallies);
    }

    @Override
    public int hashCode() {
        return tallies.hashCode();
    }
}
