package coldstream.ingest.topology;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Writes the topology's own records and states, compactly: numbers as zig-zag varints, text with its length before it. */
final class StateWriter {

    private final ByteArrayOutputStream bytes;

    /** @param format first byte; a later form of the same state gets another */
    StateWriter(int format) {
        bytes = new ByteArrayOutputStream(256);
        bytes.write(format);
    }

    StateWriter number(long value) {
        long rest = (value << 1) ^ (value >> 63);
        while ((rest & ~0x7FL) != 0) {
            bytes.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        bytes.write((int) rest);
        return this;
    }

    StateWriter flag(boolean value) {
        bytes.write(value ? 1 : 0);
        return this;
    }

    StateWriter text(String value) {
        return blob(value.getBytes(StandardCharsets.UTF_8));
    }

    StateWriter blob(byte @Nullable [] value) {
        if (value == null) {
            return number(-1);
        }
        number(value.length);
        bytes.write(value, 0, value.length);
        return this;
    }

    StateWriter text(Optional<String> value) {
        return blob(value.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null));
    }

    StateWriter real(OptionalDouble value) {
        flag(value.isPresent());
        return value.isPresent() ? number(Double.doubleToRawLongBits(value.getAsDouble())) : this;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}
