package coldstream.trainer.judge;

import coldstream.domain.ScoredEvent;
import coldstream.domain.UserContext;
import java.util.List;
import java.util.Map;

/** A version whose weights stay as they are. One thread at a time. */
public interface Contestant extends AutoCloseable {

    /** Next offset it would have read, by {@code topic-partition}: it has learnt from everything before. */
    Map<String, Long> offsets();

    /**
     * The logits of each event: its own item's first, then its negatives' in their order.
     *
     * @param users of each event, as known just before it
     */
    List<float[]> measure(List<ScoredEvent> events, List<UserContext> users);

    @Override
    void close();

    /** Whether it has learnt from nothing at or behind this place. */
    default boolean isBlindTo(Map<String, Long> place) {
        return offsets().entrySet().stream()
                .allMatch(learnt -> learnt.getValue() <= place.getOrDefault(learnt.getKey(), 0L));
    }
}
