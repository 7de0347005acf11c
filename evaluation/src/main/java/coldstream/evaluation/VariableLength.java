package coldstream.evaluation;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Non-negative whole numbers in as few bytes as they need: seven bits a byte, lowest first, the eighth bit says "more". */
final class VariableLength {

    private VariableLength() {}

    static void write(long value, DataOutput out) throws IOException {
        long left = value;
        while (left > 0x7f) {
            out.writeByte((int) (left & 0x7f) | 0x80);
            left >>>= 7;
        }
        out.writeByte((int) left);
    }

    static long read(DataInput in) throws IOException {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            int next = in.readUnsignedByte();
            value |= (long) (next & 0x7f) << shift;
            if (next < 0x80) {
                return value;
            }
        }
    }
}
