package coldstream.app.evaluate.teacher;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.scorer.candidates.CandidateBuilder;
import coldstream.scorer.candidates.CandidateRules;
import coldstream.scorer.candidates.Closeness;
import coldstream.scorer.candidates.ItemIndex;
import coldstream.scorer.candidates.Question;
import coldstream.scorer.candidates.Shelf;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the scorer worker would ask, by its own rules, with the whole catalogue known from the start. Popularity is refreshed
 * every {@value #REFRESH} positives, as the worker refreshes it every few seconds.
 */
final class Questions {

    private static final int REFRESH = 1_000;
    private static final int KNOWN_ITEMS = 5_000;

    private final CandidateBuilder candidates = new CandidateBuilder(CandidateRules.DEFAULTS, Closeness.UNKNOWN);
    private final ItemIndex index;
    private final Set<ItemId> known;
    private final Map<ItemId, Long> counts = new HashMap<>();
    private Shelf shelf;
    private long taken;

    Questions(List<Item> items) {
        index = ItemIndex.of(items);
        known = items.stream().map(Item::item).collect(Collectors.toUnmodifiableSet());
        shelf = Shelf.of(index, Map.of());
    }

    /** Notes that an item was taken once more. */
    void taken(ItemId item) {
        counts.merge(item, 1L, Long::sum);
        if (++taken % REFRESH == 0) {
            shelf = Shelf.of(index, mostPopular());
        }
    }

    private Map<ItemId, Long> mostPopular() {
        Map<ItemId, Long> top = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<ItemId, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .limit(KNOWN_ITEMS)
                .forEach(entry -> top.put(entry.getKey(), entry.getValue()));
        return top;
    }

    Optional<Question> of(ScoreRequest request) {
        return candidates.question(request, shelf);
    }

    /** Whether the catalogue has it. */
    boolean knows(ItemId item) {
        return known.contains(item);
    }
}
