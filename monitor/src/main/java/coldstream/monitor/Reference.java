package coldstream.monitor;

import static coldstream.domain.Check.check;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.datasketches.kll.KllFloatsSketch;

/**
 * What a version learnt from, signal by signal: the file {@value #FILE} of its snapshot. A few hundred thousand bytes,
 * however much was learnt.
 */
public final class Reference {

    /** Its name within a snapshot. */
    public static final String FILE = "signals.bin";

    /** Most bytes of a file that is read. */
    public static final int MOST_BYTES = 1 << 24;

    private static final int FORMAT_VERSION = 1;

    final SortedMap<Signal, Learnt> signals;

    Reference(Map<Signal, Learnt> signals) {
        this.signals = Collections.unmodifiableSortedMap(new TreeMap<>(signals));
    }

    /** Of nothing. */
    public static Reference none() {
        return new Reference(Map.of());
    }

    Optional<Learnt> of(Signal signal) {
        return Optional.ofNullable(signals.get(signal));
    }

    /** Most values that stand behind one signal. */
    public long samples() {
        return signals.values().stream().mapToLong(Learnt::samples).max().orElse(0);
    }

    /** The signals it knows. */
    public java.util.Set<Signal> signals() {
        return signals.keySet();
    }

    /** Mean of a signal; NaN for one it does not know. */
    public double mean(Signal signal) {
        Learnt learnt = signals.get(signal);
        return learnt == null ? Double.NaN : learnt.mean();
    }

    /**
     * Quantiles of a signal's values, evenly apart from the least to the greatest; empty for an estimate, and for a signal it
     * does not know.
     *
     * @param count at least 2
     */
    public List<Double> quantiles(Signal signal, int count) {
        Learnt learnt = signals.get(signal);
        if (learnt == null || learnt.sketch() == null || learnt.sketch().isEmpty()) {
            return List.of();
        }
        KllFloatsSketch sketch = learnt.sketch();
        return IntStream.range(0, count)
                .mapToObj(k -> (double) sketch.getQuantile((double) k / (count - 1)))
                .toList();
    }

    /** Everything, to be read with {@link #read}. */
    public byte[] write() {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT_VERSION);
            out.writeInt(signals.size());
            for (Map.Entry<Signal, Learnt> entry : signals.entrySet()) {
                out.writeUTF(entry.getKey().key());
                entry.getValue().write(out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write to memory", e);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException if it is not that
     */
    public static Reference read(byte[] bytes) {
        try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            int version = in.readUnsignedByte();
            check(version == FORMAT_VERSION, "format of a reference must be %d, got %d", FORMAT_VERSION, version);
            var signals = new TreeMap<Signal, Learnt>();
            for (int left = in.readInt(); left > 0; left--) {
                signals.put(Signal.of(in.readUTF()), Learnt.read(in));
            }
            return new Reference(signals);
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException(
                    "a reference must be whole, got %d bytes: %s".formatted(bytes.length, e.getMessage()), e);
        }
    }
}
