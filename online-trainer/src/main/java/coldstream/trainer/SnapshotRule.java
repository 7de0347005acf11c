package coldstream.trainer;

import java.time.Duration;

/**
 * When a snapshot is due: never before anything was learnt, since a model of a mere catalogue would serve as champion.
 *
 * @param samples trained since the last one at which it is
 * @param interval since the last one after which it is, if there was a step
 */
record SnapshotRule(long samples, Duration interval) {

    /**
     * @param trained samples ever
     * @param samplesSince the last snapshot
     * @param stepsSince the last snapshot
     * @param since the last snapshot
     */
    boolean due(long trained, long samplesSince, long stepsSince, Duration since) {
        return trained > 0 && (samplesSince >= samples || (stepsSince > 0 && since.compareTo(interval) >= 0));
    }
}
