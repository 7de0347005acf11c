package coldstream.ingest.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;

/** Reads what {@link StateWriter} wrote. */
final class StateReader {

    private final ByteBuffer bytes;

    private final int format;

    /** @throws SerializationException if the state has another format than wanted */
    StateReader(byte[] state, int format) {
        this(state, format, format);
    }

    /** @throws SerializationException if the state has a format before {@code oldest} or after {@code newest} */
    StateReader(byte[] state, int oldest, int newest) {
        bytes = ByteBuffer.wrap(state);
        format = bytes.get();
        if (format < oldest || format > newest) {
            String wanted = oldest == newest ? "" + newest : oldest + " to " + newest;
            throw new SerializationException("the state's format must be " + wanted + ", got " + format);
        }
    }

    /** The format it was written in. */
    int format() {
        return format;
    }

    long number() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes.get();
            value |= (long) (next & 0x7F) << shift;
            shift += 7;
        } while (next < 0);
        return value >>> 1 ^ -(value & 1);
    }

    int small() {
        return Math.toIntExact(number());
    }

    boolean flag() {
        return bytes.get() != 0;
    }

    String text() {
        return findText().orElseThrow(() -> new SerializationException("a text is missing in a state"));
    }

    Optional<String> findText() {
        return Optional.ofNullable(blob()).map(text -> new String(text, StandardCharsets.UTF_8));
    }

    byte @Nullable [] blob() {
        int length = small();
        if (length < 0) {
            return null;
        }
        byte[] blob = new byte[length];
        bytes.get(blob);
        return blob;
    }

    OptionalDouble real() {
        return flag() ? OptionalDouble.of(Double.longBitsToDouble(number())) : OptionalDouble.empty();
    }
}
