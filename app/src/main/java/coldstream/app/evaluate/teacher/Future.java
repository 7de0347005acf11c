package coldstream.app.evaluate.teacher;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.LabelRules;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Who takes what, from the first event to the last. */
final class Future {

    private final Map<UserId, List<ItemId>> positives = new LinkedHashMap<>();
    private final Map<UserId, Integer> now = new HashMap<>();

    Future(Stream<Interaction> interactions, LabelRules labels) {
        interactions.filter(event -> labels.label(event).value() == 1).forEachOrdered(event -> positives
                .computeIfAbsent(event.user(), user -> new ArrayList<>())
                .add(event.item()));
    }

    /** Time goes on by one positive of this user. */
    void taken(UserId user) {
        now.merge(user, 1, Integer::sum);
    }

    /** The user's next items from now. */
    List<ItemId> next(UserId user, int most) {
        List<ItemId> all = positives.getOrDefault(user, List.of());
        int from = now.getOrDefault(user, 0);
        return all.subList(Math.min(from, all.size()), Math.min(from + most, all.size()));
    }

    /**
     * Vectors that are close for items of the same users, past and future: v(i) = Σᵤ r(u) / √n(u) over the users u who ever
     * take i, r(u) a random sign vector and n(u) the user's positives, plus a little noise so that no vector is 0.
     */
    List<ItemVector> vectors(List<Item> items) {
        Map<ItemId, float[]> sums = new HashMap<>();
        items.forEach(item -> sums.put(item.item(), noise(item.item().value(), 0.01f)));
        positives.forEach((user, taken) -> {
            float[] own = noise(user.value(), (float) (1 / Math.sqrt(taken.size())));
            taken.forEach(item -> add(own, sums.computeIfAbsent(item, id -> new float[Teachers.DIMENSION])));
        });
        return items.stream()
                .map(item -> new ItemVector(
                        item.item(),
                        Teachers.ORACLE,
                        item.item().value(),
                        TextVector.of(sums.getOrDefault(item.item(), new float[Teachers.DIMENSION]))))
                .toList();
    }

    /** Random signs times the scale, decided by the name. */
    private static float[] noise(String name, float scale) {
        var random = new SplittableRandom(name.hashCode() * 0x9E3779B97F4A7C15L);
        float[] values = new float[Teachers.DIMENSION];
        for (int k = 0; k < Teachers.DIMENSION; k++) {
            values[k] = random.nextBoolean() ? scale : -scale;
        }
        return values;
    }

    private static void add(float[] values, float[] sum) {
        for (int k = 0; k < Teachers.DIMENSION; k++) {
            sum[k] += values[k];
        }
    }
}
