package coldstream.scorer;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ScoreRequest;
import coldstream.domain.ScoreRequest.Reason;
import coldstream.domain.UserId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Items and requests as the tests of the worker need them. */
public final class Items {

    public static final Instant NOON = Instant.parse("2026-01-31T12:00:00Z");

    private Items() {}

    /** An item with a title and one category. */
    public static Item item(String id, String category) {
        return new Item(
                new ItemId(id), "title of " + id, List.of(category), Optional.empty(), Optional.empty(), Map.of());
    }

    /** Items i0 … i(n−1) in ten categories. */
    public static List<Item> catalogue(int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> item("i" + i, "category " + i % 10))
                .toList();
    }

    /** Counts size, size − 1, … 1 for i0, i1, …, most popular first. */
    public static Map<ItemId, Long> popularity(int size) {
        Map<ItemId, Long> counts = new LinkedHashMap<>();
        IntStream.range(0, size).forEach(i -> counts.put(new ItemId("i" + i), (long) size - i));
        return counts;
    }

    public static ScoreRequest request(String id, String... history) {
        return request(id, List.of(), history);
    }

    /** A request made to measure the language model. */
    public static ScoreRequest audit(String id, String... history) {
        List<ItemId> items = Stream.of(history).map(ItemId::new).toList();
        return new ScoreRequest(id, new UserId("u1"), items, Reason.AUDIT, List.of(), items.size(), NOON, NOON);
    }

    public static ScoreRequest request(String id, List<ItemId> hints, String... history) {
        List<ItemId> items = Stream.of(history).map(ItemId::new).toList();
        return new ScoreRequest(id, new UserId("u1"), items, Reason.COLD_USER, hints, items.size(), NOON, NOON);
    }
}
