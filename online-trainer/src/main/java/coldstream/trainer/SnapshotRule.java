package coldstream.trainer;

import java.time.Duration;

/**
 * When a snapshot is due.
 *
 * @param samples trained since the last one at which it is
 * @param interval since the last one after which it is, if there was a step
 */
record SnapshotRule(long samples, Duration interval) {

    boolean due(long samplesSince, long stepsSince, Duration since) {
        return samplesSince >= samples || (stepsSince > 0 && since.compareTo(interval) >= 0);
    }
}
