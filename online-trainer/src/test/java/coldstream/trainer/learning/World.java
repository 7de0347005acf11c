package coldstream.trainer.learning;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.Sample;
import coldstream.domain.SoftScores;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import coldstream.model.Draws;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A small made-up stream: users like items of one of four kinds, and an item's text says its kind. */
final class World {

    static final int KINDS = 4;
    static final String ENCODER = "made-up";

    private final Draws draws;
    private final int users;
    private final int items;
    private final Map<String, List<ItemId>> histories = new HashMap<>();
    private final Map<Integer, Long> counts = new HashMap<>();
    private int events;

    World(long seed, int users, int items) {
        draws = Draws.of(seed, "world");
        this.users = users;
        this.items = items;
    }

    static ItemId item(int number) {
        return new ItemId("item-" + number);
    }

    static Item described(int number) {
        return new Item(
                item(number),
                "Thing " + number,
                List.of("kind " + number % KINDS, "all"),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    static ItemVector vector(int number) {
        float[] values = new float[8];
        Draws.of(number, "vector").normal(values, 0, 8, 0.2);
        values[number % KINDS] += 1;
        return new ItemVector(item(number), ENCODER, "hash", TextVector.of(values));
    }

    /** Tells a learner of the whole catalogue. */
    void introduce(OnlineLearner learner) {
        for (int number = 0; number < items; number++) {
            learner.item(described(number));
            learner.vector(vector(number));
        }
    }

    static Instant time(int event) {
        return Instant.ofEpochSecond(1_000_000 + event);
    }

    Sample next() {
        int user = draws.below(users);
        int number = draws.below(items / KINDS) * KINDS + user % KINDS;
        return sample("user-" + user, number);
    }

    /** A positive of this user and item, as ingest would make it. */
    Sample sample(String user, int number) {
        List<ItemId> history = histories.computeIfAbsent(user, id -> new ArrayList<>());
        long count = counts.getOrDefault(number, 0L);
        Instant time = time(events);
        Sample sample = new Sample(
                "test|" + events++,
                new UserId(user),
                item(number),
                1,
                OptionalDouble.empty(),
                1,
                history.subList(Math.max(0, history.size() - Sample.MAX_HISTORY), history.size()),
                history.size(),
                count,
                history.size() <= 3,
                false,
                time,
                time);
        history.add(item(number));
        counts.put(number, count + 1);
        return sample;
    }

    List<Sample> batch(int size) {
        List<Sample> batch = new ArrayList<>();
        for (int k = 0; k < size; k++) {
            batch.add(next());
        }
        return batch;
    }

    /** Scores for a user as of now; an audit hides the newest item. Right as often as {@code right} says. */
    SoftScores scores(String user, double right, boolean audit) {
        List<ItemId> history = histories.computeIfAbsent(user, id -> new ArrayList<>());
        int kind = Integer.parseInt(user.substring(user.indexOf('-') + 1)) % KINDS;
        List<SoftScores.ItemScore> scores = new ArrayList<>();
        List<ItemId> candidates = new ArrayList<>();
        for (int k = 0; k < 12; k++) {
            ItemId candidate = item(draws.below(items));
            if (!candidates.contains(candidate) && !history.contains(candidate)) {
                candidates.add(candidate);
            }
        }
        Optional<ItemId> hidden =
                audit && !history.isEmpty() ? Optional.of(history.get(history.size() - 1)) : Optional.empty();
        hidden.ifPresent(candidates::add);
        for (ItemId candidate : candidates) {
            boolean liked = Integer.parseInt(candidate.value().substring(5)) % KINDS == kind;
            boolean says = liked == draws.uniform() < right;
            scores.add(new SoftScores.ItemScore(candidate, (says ? 0.6 : 0.1) + 0.3 * draws.uniform()));
        }
        Instant newest = time(Math.max(0, events - 1));
        return new SoftScores(
                "request-" + events,
                new UserId(user),
                scores,
                hidden,
                "another model",
                "1",
                1,
                newest,
                history.size(),
                newest);
    }

    /** A profile of a user as of now: the direction of the kind it likes. */
    TasteProfile profile(String user) {
        float[] vector = new float[8];
        vector[Integer.parseInt(user.substring(user.indexOf('-') + 1)) % KINDS] = 1;
        Instant newest = time(Math.max(0, events - 1));
        return new TasteProfile(
                new UserId(user),
                "likes its kind",
                TextVector.of(vector),
                ENCODER,
                "another model",
                "1",
                histories.computeIfAbsent(user, id -> new ArrayList<>()).size(),
                newest,
                newest);
    }

    String someUser() {
        return "user-" + draws.below(users);
    }
}
