package coldstream.testkit;

import coldstream.domain.ItemId;
import coldstream.domain.PopularityStore;
import coldstream.domain.StoreUnavailableException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** A {@link PopularityStore} that forgets with the process and can be sent away. */
public final class InMemoryPopularityStore implements PopularityStore {

    private static final Comparator<Map.Entry<ItemId, Long>> MOST_POPULAR_FIRST =
            Map.Entry.<ItemId, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder()));

    private final Map<ItemId, Long> counts = new HashMap<>();
    private boolean away;

    /** From now on every call fails, or works again. */
    public synchronized void away(boolean isAway) {
        away = isAway;
    }

    @Override
    public synchronized void putAll(Map<ItemId, Long> offered) {
        requireHere();
        offered.forEach((item, count) -> counts.merge(item, count, Math::max));
    }

    @Override
    public synchronized Map<ItemId, Long> top(int limit) {
        requireHere();
        Map<ItemId, Long> top = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(MOST_POPULAR_FIRST)
                .limit(Math.max(0, limit))
                .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        return top;
    }

    private void requireHere() {
        if (away) {
            throw new StoreUnavailableException("the popularity store is away");
        }
    }
}
