package coldstream.evaluation.paired;

import coldstream.evaluation.Stratum;
import java.time.Instant;
import java.util.Map;

/** A run of steps with the rows they predicted: columns of a fixed size, and where in the stream they are. */
final class Segment {

    private static final int OWN = 1 << 14;
    private static final int POSITIVE = 1 << 15;

    final Map<String, Long> fromOffsets;
    final Instant from;
    Map<String, Long> toOffsets;
    Instant to;
    long steps;
    int size;

    private final int[] users;
    private final short[] bits;
    private final float[] arm;
    private final float[] baseline;

    Segment(int capacity, Map<String, Long> offsets, Instant now) {
        fromOffsets = offsets;
        toOffsets = offsets;
        from = now;
        to = now;
        users = new int[capacity];
        bits = new short[capacity];
        arm = new float[capacity];
        baseline = new float[capacity];
    }

    boolean hasRoomFor(int rows) {
        return size + rows <= users.length;
    }

    /** @param strata as {@link PairedWindow#bits} */
    void add(int user, int strata, boolean own, boolean positive, float armLogit, float baselineLogit) {
        users[size] = user;
        bits[size] = (short) (strata | (own ? OWN : 0) | (positive ? POSITIVE : 0));
        arm[size] = armLogit;
        baseline[size] = baselineLogit;
        size++;
    }

    void into(PairedRows rows, Stratum stratum) {
        int wanted = PairedWindow.bits(stratum::equals);
        for (int row = 0; row < size; row++) {
            if ((bits[row] & wanted) != 0) {
                rows.add(users[row], (bits[row] & OWN) != 0, (bits[row] & POSITIVE) != 0, arm[row], baseline[row]);
            }
        }
    }
}
