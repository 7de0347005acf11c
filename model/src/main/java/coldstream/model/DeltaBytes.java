package coldstream.model;

import static coldstream.domain.Check.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The content of a {@link DeltaRecord}, written and read in order. */
public final class DeltaBytes {

    private ByteBuffer bytes;

    private DeltaBytes(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Content to be written. */
    public static DeltaBytes write() {
        return new DeltaBytes(ByteBuffer.allocate(128));
    }

    /** Content to be read. */
    public static DeltaBytes read(byte[] content) {
        return new DeltaBytes(ByteBuffer.wrap(content));
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            ByteBuffer larger = ByteBuffer.allocate(Math.max(2 * bytes.capacity(), bytes.position() + more));
            bytes = larger.put(bytes.flip());
        }
        return bytes;
    }

    DeltaBytes number(int value) {
        room(Integer.BYTES).putInt(value);
        return this;
    }

    DeltaBytes number(long value) {
        room(Long.BYTES).putLong(value);
        return this;
    }

    DeltaBytes number(double value) {
        room(Double.BYTES).putDouble(value);
        return this;
    }

    DeltaBytes flag(boolean value) {
        room(1).put((byte) (value ? 1 : 0));
        return this;
    }

    DeltaBytes text(String value) {
        byte[] encoded = value.getBytes(StandardCharsets.UTF_8);
        room(Integer.BYTES + encoded.length).putInt(encoded.length).put(encoded);
        return this;
    }

    DeltaBytes texts(List<String> values) {
        number(values.size());
        values.forEach(this::text);
        return this;
    }

    /** Numbers {@code from} to {@code to}, behind how many they are. */
    public DeltaBytes floats(float[] values, int from, int to) {
        int count = to - from;
        room(Integer.BYTES + count * Float.BYTES).putInt(count);
        bytes.asFloatBuffer().put(values, from, count);
        bytes.position(bytes.position() + count * Float.BYTES);
        return this;
    }

    /** Whole numbers behind how many they are. */
    @com.google.errorprone.annotations.CanIgnoreReturnValue
    public DeltaBytes ints(int[] values) {
        room(Integer.BYTES + values.length * Integer.BYTES).putInt(values.length);
        bytes.asIntBuffer().put(values);
        bytes.position(bytes.position() + values.length * Integer.BYTES);
        return this;
    }

    /** What was written. */
    public byte[] done() {
        byte[] done = new byte[bytes.position()];
        bytes.duplicate().flip().get(done);
        return done;
    }

    int nextInt() {
        return bytes.getInt();
    }

    long nextLong() {
        return bytes.getLong();
    }

    double nextDouble() {
        return bytes.getDouble();
    }

    boolean nextFlag() {
        return bytes.get() != 0;
    }

    String nextText() {
        byte[] encoded = new byte[length(1)];
        bytes.get(encoded);
        return new String(encoded, StandardCharsets.UTF_8);
    }

    List<String> nextTexts() {
        int count = length(Integer.BYTES);
        List<String> texts = new ArrayList<>(count);
        for (int k = 0; k < count; k++) {
            texts.add(nextText());
        }
        return texts;
    }

    float[] nextFloats() {
        float[] values = new float[length(Float.BYTES)];
        bytes.asFloatBuffer().get(values);
        bytes.position(bytes.position() + values.length * Float.BYTES);
        return values;
    }

    /** The next whole numbers. */
    public int[] nextInts() {
        int[] values = new int[length(Integer.BYTES)];
        bytes.asIntBuffer().get(values);
        bytes.position(bytes.position() + values.length * Integer.BYTES);
        return values;
    }

    private int length(int size) {
        int count = bytes.getInt();
        check(
                count >= 0 && (long) count * size <= bytes.remaining(),
                "a length must fit what is left, %d bytes, got %d times %d",
                bytes.remaining(),
                count,
                size);
        return count;
    }
}
