package coldstream.benchmarks;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.UserId;
import coldstream.model.Draws;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A stream without end: always so many users and items are about, each for a while, and others follow. Every sample is a
 * positive; the learner draws its negatives.
 */
public final class SoakStream {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int ABOUT = 5_000;
    private static final double NEW_USER = 0.05;
    private static final int KINDS = 100;

    private final Draws draws = Draws.of(3, "soak");
    private final List<UserId> users = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final Map<UserId, Deque<ItemId>> histories = new HashMap<>();
    private final Map<ItemId, Long> counts = new HashMap<>();
    private long samples;
    private long newUsers;
    private long newItems;

    public SoakStream() {
        for (int k = 0; k < ABOUT; k++) {
            users.add(nextUser());
            items.add(nextItem());
        }
    }

    /** The items there are at the start. */
    public List<Item> items() {
        return List.copyOf(items);
    }

    /** An item that takes the place of one gone; which of them that was is lost. */
    Item replaceItem() {
        Item item = nextItem();
        Item gone = items.set(draws.below(ABOUT), item);
        counts.remove(gone.item());
        return item;
    }

    public Sample next() {
        int place = draws.below(ABOUT);
        if (draws.uniform() < NEW_USER) {
            histories.remove(users.get(place));
            users.set(place, nextUser());
        }
        UserId user = users.get(place);
        double u = draws.uniform();
        ItemId item = items.get((int) (ABOUT * u * u)).item();
        Deque<ItemId> history = histories.computeIfAbsent(user, key -> new ArrayDeque<>());
        long count = counts.getOrDefault(item, 0L);
        Instant at = START.plusSeconds(samples);
        Sample sample = new Sample(
                "soak|" + samples++,
                user,
                item,
                1,
                OptionalDouble.empty(),
                1,
                List.copyOf(history),
                history.size(),
                count,
                false,
                false,
                at,
                at);
        history.add(item);
        if (history.size() > Workload.HISTORY) {
            history.remove();
        }
        counts.put(item, count + 1);
        return sample;
    }

    /** Users met so far. */
    long newUsers() {
        return newUsers;
    }

    private UserId nextUser() {
        return new UserId("u" + newUsers++);
    }

    private Item nextItem() {
        List<String> kinds = List.of("k" + draws.below(KINDS));
        return new Item(new ItemId("i" + newItems++), "", kinds, Optional.empty(), Optional.empty(), Map.of());
    }
}
