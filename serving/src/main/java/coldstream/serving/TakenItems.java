package coldstream.serving;

import static coldstream.domain.Check.check;

import coldstream.model.Safetensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which items every user has taken, as numbers of users and items. A user's state in Redis holds the latest ones only; this
 * holds all before them.
 *
 * <p>Read from {@code learner.safetensors}: {@code users.taken} holds numbers of items, user by user; {@code users.taken.ends}
 * says where each user's end. What changes later is kept beside; a {@link #fork} shares it until one side writes.
 */
final class TakenItems {

    private static final int PART_BITS = 8;
    private static final int PART = 1 << PART_BITS;

    private final int[] taken;
    private final long[] ends;

    /** By user, {@value #PART} to a part: what they have taken by now; null where that is what the snapshot says. */
    private final List<int[] @Nullable []> changed;

    private boolean[] shared;

    private TakenItems(int[] taken, long[] ends, List<int[] @Nullable []> changed) {
        this.taken = taken;
        this.ends = ends;
        this.changed = changed;
        shared = new boolean[changed.size()];
        Arrays.fill(shared, true);
    }

    /**
     * Reads a snapshot; a folder without a learner's memory knows of nobody.
     *
     * @param items how many there are
     */
    static TakenItems read(Path snapshot, int items) {
        Path memory = snapshot.resolve("learner.safetensors");
        if (!Files.exists(memory)) {
            return new TakenItems(new int[0], new long[0], new ArrayList<>());
        }
        Safetensors learner = Safetensors.read(memory);
        int[] taken = learner.ints("users.taken");
        long[] ends = learner.longs("users.taken.ends");
        check(
                ends.length == 0 || ends[ends.length - 1] == taken.length,
                "users.taken.ends must end at %d, got %d users",
                taken.length,
                ends.length);
        for (int number : taken) {
            check(number >= 0 && number < items, "users.taken must name lines of the catalogue, got %d", number);
        }
        return new TakenItems(taken, ends, new ArrayList<>());
    }

    /** Replaces what a user has taken. */
    void put(int user, int[] items) {
        int part = user >> PART_BITS;
        while (part >= changed.size()) {
            changed.add(new int[PART][]);
        }
        if (part < shared.length && shared[part]) {
            changed.set(part, changed.get(part).clone());
            shared[part] = false;
        }
        changed.get(part)[user & (PART - 1)] = items;
    }

    /** The same as of now. */
    TakenItems fork() {
        shared = new boolean[changed.size()];
        Arrays.fill(shared, true);
        return new TakenItems(taken, ends, new ArrayList<>(changed));
    }

    /** The numbers of the items a user has taken; none for a number that is nobody's. */
    int[] of(int user) {
        if (user < 0) {
            return new int[0];
        }
        int part = user >> PART_BITS;
        int @Nullable [] now = part < changed.size() ? changed.get(part)[user & (PART - 1)] : null;
        if (now != null) {
            return now;
        }
        return user >= ends.length
                ? new int[0]
                : Arrays.copyOfRange(taken, user == 0 ? 0 : (int) ends[user - 1], (int) ends[user]);
    }
}
