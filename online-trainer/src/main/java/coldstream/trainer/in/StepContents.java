package coldstream.trainer.in;

import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.wire.StepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A step while it is put together. */
final class StepContents {

    final List<ItemChange> items = new ArrayList<>();
    final List<ItemVector> vectors = new ArrayList<>();
    final List<SoftScores> scores = new ArrayList<>();
    final List<TasteProfile> profiles = new ArrayList<>();
    final List<Sample> samples = new ArrayList<>();
    final List<DeadLetter> unreadable = new ArrayList<>();
    private final List<Origin> origins = new ArrayList<>();

    /** Takes the next entry in; entries come in the order in which a step applies them. */
    void add(InputPartition partition, Entry entry) {
        int before = size();
        entry.addTo(this);
        if (size() > before) {
            origins.add(new Origin(partition.partition(), entry.offset()));
        }
    }

    private int size() {
        return items.size() + vectors.size() + scores.size() + profiles.size() + samples.size();
    }

    Step step(StepRecord record, long journalOffset, boolean replayed) {
        return new Step(
                record,
                journalOffset,
                replayed,
                items,
                vectors,
                scores,
                profiles,
                samples,
                unreadable.size(),
                origins,
                Optional.empty());
    }
}
