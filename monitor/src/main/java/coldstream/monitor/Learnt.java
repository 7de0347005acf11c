package coldstream.monitor;

import static coldstream.domain.Check.check;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.apache.datasketches.kll.KllFloatsSketch;
import org.apache.datasketches.memory.Memory;
import org.apache.datasketches.quantilescommon.QuantilesFloatsSketchIterator;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of one signal to compare with later: a KLL sketch of its values, or its estimate.
 *
 * @param mean of the values, or the estimate
 * @param deviation of the estimate; 0 for values
 * @param time how many values in a row say the same thing, at least 1
 * @param sketch of the values; none for an estimate
 * @param samples values it stands for; 0 for an estimate
 * @see <a href="https://arxiv.org/abs/1603.05346">Karnin, Lang and Liberty, Optimal Quantile Approximation in Streams,
 *     2016</a>
 */
record Learnt(
        double mean,
        double deviation,
        double time,
        @Nullable KllFloatsSketch sketch,
        long samples) {

    /** Of a sketch in a file: ranks are then within .7 % of the truth, 99 times in 100. */
    static final int K = 400;

    /** Deviations from the middle within which 99 of 100 values of a normal distribution are. */
    private static final double SURE = 2.576;

    /** Values in order; the sketch must be there and hold some. What it blurs counts like values it does not have: a share's variance is 1/(4 n) at most. */
    Distribution distribution() {
        KllFloatsSketch from = Objects.requireNonNull(sketch);
        int size = from.getNumRetained();
        long[] paired = new long[size];
        QuantilesFloatsSketchIterator each = from.iterator();
        for (int k = 0; each.next(); k++) {
            paired[k] = ((long) order(each.getQuantile()) << Integer.SIZE) | (each.getWeight() & 0xffffffffL);
        }
        Arrays.sort(paired);
        float[] values = new float[size];
        double[] upTo = new double[size];
        double weight = 0;
        double all = from.getN();
        for (int k = 0; k < size; k++) {
            weight += (int) paired[k];
            values[k] = Float.intBitsToFloat(order((int) (paired[k] >> Integer.SIZE)));
            upTo[k] = weight / all;
        }
        double blur = from.isEstimationMode() ? from.getNormalizedRankError(false) / SURE : 0;
        return Distribution.ofSorted(values, upTo, 1 / (time / all + 4 * blur * blur), mean);
    }

    private static int order(float value) {
        return order(Float.floatToIntBits(value));
    }

    /** Makes the bits of floats whole numbers of the same order, and back. */
    private static int order(int bits) {
        return bits ^ ((bits >> 31) & 0x7fffffff);
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(mean);
        out.writeDouble(deviation);
        out.writeDouble(time);
        out.writeLong(samples);
        byte[] bytes = sketch == null ? new byte[0] : sketch.toByteArray();
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static Learnt read(DataInputStream in) throws IOException {
        double mean = in.readDouble();
        double deviation = in.readDouble();
        double time = in.readDouble();
        long samples = in.readLong();
        int length = in.readInt();
        check(0 <= length && length <= 1 << 20, "a sketch must have 0 to 1048576 bytes, got %d", length);
        byte[] bytes = in.readNBytes(length);
        check(bytes.length == length, "a sketch must be whole, got %d of %d bytes", bytes.length, length);
        return new Learnt(
                mean,
                deviation,
                Math.max(1, time),
                length == 0 ? null : KllFloatsSketch.heapify(Memory.wrap(bytes)),
                samples);
    }
}
