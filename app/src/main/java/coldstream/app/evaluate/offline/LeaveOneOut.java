package coldstream.app.evaluate.offline;

import coldstream.domain.Interaction;
import coldstream.domain.ItemId;
import coldstream.domain.Sample;
import coldstream.domain.UserId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The paper's split: of every user's interactions by time, the last is for the test, the one before it for validation, the
 * others for training.
 *
 * <p>A training row needs an earlier interaction, so the first makes none; every other one makes two: itself and one sampled
 * negative. These are the "reviews" of the paper's Table 1. Users with fewer than three interactions are trained on and not
 * tested. Users are numbered by their first event, items by the catalogue.
 */
final class LeaveOneOut {

    /** Interactions of a user that are kept from training. */
    private static final int HELD_OUT = 2;

    /** A user's interactions by time. */
    static final class Sequence {

        private final UserId user;
        private final List<Interaction> events;
        private final int[] items;

        private Sequence(UserId user, List<Interaction> events, int[] items) {
            this.user = user;
            this.events = events;
            this.items = items;
        }

        UserId user() {
            return user;
        }

        /** Number of the item taken at a place, from 0. */
        int item(int place) {
            return items[place];
        }

        /** Numbers of the different items taken at the first places, in order. */
        int[] taken(int length) {
            return Arrays.stream(items, 0, length).distinct().toArray();
        }

        /** Interactions to train on: the first of them. */
        int training() {
            return tested() ? events.size() - HELD_OUT : events.size();
        }

        boolean tested() {
            return events.size() > HELD_OUT;
        }

        int validation() {
            return events.size() - 2;
        }

        int test() {
            return events.size() - 1;
        }

        /** Interactions that make training rows. */
        int rows() {
            return Math.max(0, training() - 1);
        }
    }

    private final List<Interaction> inOrder;
    private final List<Sequence> users;
    private final List<ItemId> items;
    private final long[] counts;

    private LeaveOneOut(List<Interaction> inOrder, List<Sequence> users, List<ItemId> items) {
        this.inOrder = inOrder;
        this.users = users;
        this.items = items;
        counts = new long[items.size()];
        for (Sequence user : users) {
            for (int place = 0; place < user.training(); place++) {
                counts[user.items[place]]++;
            }
        }
    }

    /**
     * Splits.
     *
     * @param catalogue items known beforehand; items of interactions are added
     * @param interactions by time
     */
    static LeaveOneOut of(Collection<ItemId> catalogue, Stream<Interaction> interactions) {
        Map<ItemId, Integer> numbers = new LinkedHashMap<>();
        catalogue.forEach(item -> numbers.putIfAbsent(item, numbers.size()));
        Map<UserId, List<Interaction>> byUser = new LinkedHashMap<>();
        List<Interaction> inOrder = new ArrayList<>();
        interactions.forEachOrdered(event -> {
            numbers.putIfAbsent(event.item(), numbers.size());
            byUser.computeIfAbsent(event.user(), user -> new ArrayList<>()).add(event);
            inOrder.add(event);
        });
        List<Sequence> users = new ArrayList<>();
        byUser.forEach((user, events) -> users.add(new Sequence(
                user,
                events,
                events.stream()
                        .mapToInt(event -> Objects.requireNonNull(numbers.get(event.item())))
                        .toArray())));
        return new LeaveOneOut(inOrder, users, List.copyOf(numbers.keySet()));
    }

    List<Sequence> users() {
        return users;
    }

    Sequence user(int number) {
        return users.get(number);
    }

    List<ItemId> items() {
        return items;
    }

    /** Numbers of the users that have a test. */
    int[] tested() {
        return IntStream.range(0, users.size())
                .filter(user -> users.get(user).tested())
                .toArray();
    }

    /** How often an item is taken in training: all that anything may know of its popularity. */
    long count(int item) {
        return counts[item];
    }

    /** How often each item is taken in training. */
    long[] counts() {
        return counts.clone();
    }

    /** Table 1's "reviews": positives and as many sampled negatives. */
    long trainingRows() {
        return 2 * users.stream().mapToLong(Sequence::rows).sum();
    }

    /** Table 1's "cold-start interactions": training rows whose history has at most this many items. */
    long trainingRows(int mostHistory) {
        return 2
                * users.stream()
                        .mapToLong(user -> Math.min(user.rows(), mostHistory))
                        .sum();
    }

    /** Training interactions in the order of the data set, the first of every user included. */
    Stream<Interaction> training() {
        Map<UserId, int[]> left = new HashMap<>();
        users.forEach(user -> left.put(user.user, new int[] {user.training()}));
        return inOrder.stream().filter(event -> Objects.requireNonNull(left.get(event.user()))[0]-- > 0);
    }

    /** One interaction as a sample: its history is strictly earlier, its item's count is that of training. */
    Sample sample(int user, int place) {
        Sequence sequence = users.get(user);
        Interaction event = sequence.events.get(place);
        List<ItemId> history = sequence.events.subList(Math.max(0, place - Sample.MAX_HISTORY), place).stream()
                .map(Interaction::item)
                .toList();
        return new Sample(
                event.source() + "|" + event.eventId(),
                event.user(),
                event.item(),
                1,
                OptionalDouble.empty(),
                1,
                history,
                place,
                counts[sequence.items[place]],
                false,
                false,
                event.timestamp(),
                event.timestamp());
    }

    /** Whether the user took the item in the first {@code length} interactions. */
    boolean took(int user, int length, int item) {
        int[] taken = users.get(user).items;
        for (int place = 0; place < length; place++) {
            if (taken[place] == item) {
                return true;
            }
        }
        return false;
    }
}
