package coldstream.app.demo;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.LongConsumer;

/** When the events behind the samples of one partition reached the system. Thread-safe. */
final class Arrivals {

    private static final byte[] FIELD = "\"ingest_time\":\"".getBytes(StandardCharsets.US_ASCII);

    private long[] offsets = new long[1024];
    private long[] millis = new long[1024];
    private int count;
    private int taken;

    /** Notes a sample; one without an ingest time does not count. */
    synchronized void add(long offset, byte[] sample) {
        int start = lastIndexOf(sample) + FIELD.length;
        if (start < FIELD.length) {
            return;
        }
        int end = start;
        while (sample[end] != '"') {
            end++;
        }
        if (count == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * count);
            millis = Arrays.copyOf(millis, 2 * count);
        }
        offsets[count] = offset;
        millis[count] = Instant.parse(new String(sample, start, end - start, StandardCharsets.US_ASCII))
                .toEpochMilli();
        count++;
    }

    /** Hands out, once each, the arrivals (milliseconds since 1970) of the samples before {@code offset}. */
    synchronized void takeUpTo(long offset, LongConsumer arrival) {
        while (taken < count && offsets[taken] < offset) {
            arrival.accept(millis[taken++]);
        }
    }

    /** The field stands near the end, behind a history that is long. */
    private static int lastIndexOf(byte[] text) {
        for (int at = text.length - FIELD.length; at >= 0; at--) {
            if (Arrays.equals(text, at, at + FIELD.length, FIELD, 0, FIELD.length)) {
                return at;
            }
        }
        return -FIELD.length;
    }
}
