package coldstream.model;

import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Numbers ids 0, 1, 2, … in order of first sight. Unlike a vocabulary it has no end, and no two ids share a number. A number
 * made free may go to another id.
 */
public final class Index {

    private final Object2IntOpenHashMap<String> numbers = new Object2IntOpenHashMap<>();
    private final ArrayList<String> ids = new ArrayList<>();

    public Index() {
        numbers.defaultReturnValue(-1);
    }

    /** The id's number, given now if it has none. */
    public int add(String id) {
        int number = numbers.getInt(id);
        if (number < 0) {
            number = ids.size();
            numbers.put(id, number);
            ids.add(id);
        }
        return number;
    }

    /** Gives a number that is free, or the next one, to an id that has none. */
    void take(int number, String id) {
        if (number == ids.size()) {
            ids.add(id);
        } else {
            ids.set(number, id);
        }
        numbers.put(id, number);
    }

    /** Makes a number free: its id has none any more. */
    void free(int number) {
        numbers.removeInt(ids.set(number, ""));
    }

    /** Continues a copy from {@link #ids}; free numbers are empty there. */
    void restore(List<String> copy) {
        for (String id : copy) {
            if (!id.isEmpty()) {
                numbers.put(id, ids.size());
            }
            ids.add(id);
        }
    }

    /** The id's number, or -1. */
    public int find(String id) {
        return numbers.getInt(id);
    }

    public String id(int number) {
        return ids.get(number);
    }

    public int size() {
        return ids.size();
    }

    /** A copy, by number. */
    public List<String> ids() {
        return new ArrayList<>(ids);
    }
}
