package coldstream.trainer.judge;

import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserState;
import coldstream.model.Ranker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A snapshot, scored as serving scores it: with the user's state as of the event, and items as the snapshot knows them. */
public record RankedContestant(Ranker ranker, Map<String, Long> offsets) implements Contestant {

    public RankedContestant {
        offsets = Map.copyOf(offsets);
    }

    @Override
    public List<float[]> measure(List<ScoredEvent> events) {
        return events.stream().map(this::measure).toList();
    }

    /** As the trainer measures: without what calibrates to the whole catalogue. */
    private float[] measure(ScoredEvent event) {
        Sample sample = event.sample();
        List<ItemId> items = new ArrayList<>();
        items.add(sample.item());
        event.negatives().forEach(negative -> items.add(negative.item()));
        var state = new UserState(
                sample.history(), sample.userCount(), sample.userNegatives().orElse(0));
        float[] logits = ranker.score(state, sample.user(), items);
        for (int k = 0; k < logits.length; k++) {
            logits[k] -= (float) ranker.offset();
        }
        return logits;
    }

    @Override
    public void close() {
        ranker.close();
    }
}
