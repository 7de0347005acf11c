package coldstream.trainer.judge;

import coldstream.domain.ItemId;
import coldstream.domain.ScoredEvent;
import coldstream.domain.UserContext;
import coldstream.model.Ranker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A snapshot, scored as serving scores it: with what was known of the user at the event, and items as the snapshot knows them. */
public record RankedContestant(Ranker ranker, Map<String, Long> offsets) implements Contestant {

    public RankedContestant {
        offsets = Map.copyOf(offsets);
    }

    /** All events together, and as the trainer measures: without what calibrates to the whole catalogue. */
    @Override
    public List<float[]> measure(List<ScoredEvent> events, List<UserContext> users) {
        List<List<ItemId>> items = new ArrayList<>();
        for (ScoredEvent event : events) {
            List<ItemId> own = new ArrayList<>();
            own.add(event.sample().item());
            event.negatives().forEach(negative -> own.add(negative.item()));
            items.add(own);
        }
        List<float[]> logits = ranker.scoreEach(users, items);
        float offset = (float) ranker.offset();
        for (float[] of : logits) {
            for (int k = 0; k < of.length; k++) {
                of[k] -= offset;
            }
        }
        return logits;
    }

    @Override
    public void close() {
        ranker.close();
    }
}
