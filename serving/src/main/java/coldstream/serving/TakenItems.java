package coldstream.serving;

import static coldstream.domain.Check.check;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.model.Safetensors;
import coldstream.wire.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which items every user had taken when a snapshot was made. A user's state in Redis holds the latest ones only; this holds
 * all before them.
 *
 * <p>Read from {@code learner.safetensors}: {@code users.taken} holds line numbers of {@code catalogue.jsonl}, user by user
 * in the order of {@code users.ids} in {@code rows.safetensors}; {@code users.taken.ends} says where each user's end.
 */
final class TakenItems {

    private final Map<String, Integer> users = new HashMap<>();
    private final List<ItemId> items;
    private final int[] taken;
    private final long[] ends;

    private TakenItems(List<String> userIds, List<ItemId> items, int[] taken, long[] ends) {
        check(
                ends.length <= userIds.size() && (ends.length == 0 || ends[ends.length - 1] == taken.length),
                "users.taken.ends must end at %d for at most %d users, got %d users",
                taken.length,
                userIds.size(),
                ends.length);
        for (int number : taken) {
            check(number >= 0 && number < items.size(), "users.taken must name lines of the catalogue, got %d", number);
        }
        for (int user = 0; user < ends.length; user++) {
            users.put(userIds.get(user), user);
        }
        this.items = items;
        this.taken = taken;
        this.ends = ends;
    }

    /** Reads a snapshot; a folder without a learner's memory knows of nobody. */
    static TakenItems read(Path snapshot) {
        Path memory = snapshot.resolve("learner.safetensors");
        if (!Files.exists(memory)) {
            return new TakenItems(List.of(), List.of(), new int[0], new long[0]);
        }
        Safetensors learner = Safetensors.read(memory);
        return new TakenItems(
                Safetensors.read(snapshot.resolve("rows.safetensors")).texts("users.ids"),
                items(snapshot.resolve("catalogue.jsonl")),
                learner.ints("users.taken"),
                learner.longs("users.taken.ends"));
    }

    Set<ItemId> of(UserId user) {
        Integer number = users.get(user.value());
        if (number == null) {
            return Set.of();
        }
        Set<ItemId> own = new HashSet<>();
        for (int at = number == 0 ? 0 : (int) ends[number - 1]; at < ends[number]; at++) {
            own.add(items.get(taken[at]));
        }
        return own;
    }

    private static List<ItemId> items(Path catalogue) {
        List<ItemId> items = new ArrayList<>();
        try {
            for (String line : Files.readAllLines(catalogue)) {
                JsonNode item = Json.read(line.getBytes(StandardCharsets.UTF_8), JsonNode.class);
                items.add(new ItemId(item.path("item").asText("")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + catalogue, e);
        }
        return items;
    }
}
