package coldstream.model;

import it.unimi.dsi.fastutil.longs.Long2IntOpenHashMap;
import java.util.Arrays;
import java.util.List;

/**
 * How often ids without a row were seen, by the hash of the id. Bounded: when {@code capacity} ids have been noted, those not
 * seen among the {@code capacity} before are forgotten.
 */
final class Sights {

    private final int capacity;
    private Long2IntOpenHashMap recent = new Long2IntOpenHashMap();
    private Long2IntOpenHashMap older = new Long2IntOpenHashMap();

    Sights(int capacity) {
        this.capacity = capacity;
    }

    /** Notes one more sight and answers how many there were, this one included. */
    int note(long id) {
        int seen = recent.get(id) + older.remove(id) + 1;
        if (recent.size() >= capacity && !recent.containsKey(id)) {
            older = recent;
            recent = new Long2IntOpenHashMap();
        }
        recent.put(id, seen);
        return seen;
    }

    void forget(long id) {
        recent.remove(id);
        older.remove(id);
    }

    int size() {
        return recent.size() + older.size();
    }

    /** Both generations as they are, each sorted, so that equal states are equal files. */
    void write(Safetensors.Builder file, String name) {
        write(file, name + ".recent", recent);
        write(file, name + ".older", older);
    }

    private static void write(Safetensors.Builder file, String name, Long2IntOpenHashMap map) {
        long[] ids = map.keySet().toLongArray();
        Arrays.sort(ids);
        int[] seen = new int[ids.length];
        for (int k = 0; k < ids.length; k++) {
            seen[k] = map.get(ids[k]);
        }
        file.add(name, List.of(ids.length), ids);
        file.add(name + ".seen", List.of(seen.length), seen);
    }

    void read(Safetensors file, String name) {
        read(file, name + ".recent", recent);
        read(file, name + ".older", older);
    }

    private static void read(Safetensors file, String name, Long2IntOpenHashMap into) {
        long[] ids = file.longs(name);
        int[] seen = file.ints(name + ".seen");
        for (int k = 0; k < ids.length; k++) {
            into.put(ids[k], seen[k]);
        }
    }

    Sights copy() {
        Sights copy = new Sights(capacity);
        copy.recent = recent.clone();
        copy.older = older.clone();
        return copy;
    }
}
