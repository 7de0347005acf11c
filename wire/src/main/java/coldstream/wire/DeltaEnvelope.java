package coldstream.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * A record of a model's deltas as it travels: format (1 byte, now {@value #FORMAT}), epoch, incarnation and base (8 bytes each,
 * big-endian), the content, and the CRC-32C of the key and of all before it (4 bytes).
 *
 * @param stamp to which epoch it belongs
 * @param content of the record; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // lives only while a record is read
public record DeltaEnvelope(Stamp stamp, byte[] content) {

    private static final int FORMAT = 1;
    private static final int HEAD = 1 + 3 * Long.BYTES;

    /**
     * Where a record belongs.
     *
     * @param epoch steps of training the model has taken with all records of the epoch
     * @param incarnation drawn by the trainer's process when it starts
     * @param base the first 8 bytes of the id of the trainer's newest snapshot
     */
    public record Stamp(long epoch, long incarnation, long base) {

        /** The first 8 bytes of a snapshot's id. */
        public static long base(String snapshotId) {
            return Long.parseUnsignedLong(snapshotId.substring(0, 16), 16);
        }
    }

    /** Bytes that are no such record any more. */
    public static final class DamagedException extends RuntimeException {

        private static final long serialVersionUID = 1;

        DamagedException(String message) {
            super(message);
        }
    }

    /** The bytes of a record. */
    public static byte[] seal(String key, Stamp stamp, byte[] content) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD + content.length + Integer.BYTES);
        bytes.put((byte) FORMAT)
                .putLong(stamp.epoch())
                .putLong(stamp.incarnation())
                .putLong(stamp.base())
                .put(content);
        bytes.putInt(crc(key, bytes.array(), bytes.position()));
        return bytes.array();
    }

    /**
     * Reads the bytes of a record.
     *
     * @throws DamagedException if they are not what was sealed under this key
     */
    public static DeltaEnvelope open(String key, byte[] value) {
        if (value.length < HEAD + Integer.BYTES) {
            throw new DamagedException("a delta must have at least %d bytes, %s has %d"
                    .formatted(HEAD + Integer.BYTES, key, value.length));
        }
        ByteBuffer bytes = ByteBuffer.wrap(value);
        int end = value.length - Integer.BYTES;
        if (bytes.getInt(end) != crc(key, value, end)) {
            throw new DamagedException("a delta must have its checksum, %s has another".formatted(key));
        }
        int format = bytes.get();
        if (format != FORMAT) {
            throw new DamagedException("a delta's format must be %d, %s has %d".formatted(FORMAT, key, format));
        }
        Stamp stamp = new Stamp(bytes.getLong(), bytes.getLong(), bytes.getLong());
        return new DeltaEnvelope(stamp, Arrays.copyOfRange(value, HEAD, end));
    }

    private static int crc(String key, byte[] value, int length) {
        CRC32C crc = new CRC32C();
        crc.update(key.getBytes(UTF_8));
        crc.update(value, 0, length);
        return (int) crc.getValue();
    }
}
