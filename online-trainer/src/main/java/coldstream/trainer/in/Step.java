package coldstream.trainer.in;

import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.wire.StepRecord;
import java.util.List;

/**
 * Everything one step applies: items, then vectors, then soft scores, then the samples as one batch; each by partition,
 * then offset.
 *
 * @param record as journalled
 * @param journalOffset next offset of the journal behind the record
 * @param replayed whether it was read from the journal at a restart, so that its latencies say nothing
 * @param unreadable input records that could not be read, and are left out
 */
public record Step(
        StepRecord record,
        long journalOffset,
        boolean replayed,
        List<ItemChange> items,
        List<ItemVector> vectors,
        List<SoftScores> scores,
        List<Sample> samples,
        int unreadable) {}
