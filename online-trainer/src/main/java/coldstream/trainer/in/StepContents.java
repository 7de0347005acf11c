package coldstream.trainer.in;

import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.wire.StepRecord;
import java.util.ArrayList;
import java.util.List;

/** A step while it is put together. */
final class StepContents {

    final List<ItemChange> items = new ArrayList<>();
    final List<ItemVector> vectors = new ArrayList<>();
    final List<SoftScores> scores = new ArrayList<>();
    final List<Sample> samples = new ArrayList<>();
    final List<DeadLetter> unreadable = new ArrayList<>();

    Step step(StepRecord record, long journalOffset, boolean replayed) {
        return new Step(record, journalOffset, replayed, items, vectors, scores, samples, unreadable.size());
    }
}
