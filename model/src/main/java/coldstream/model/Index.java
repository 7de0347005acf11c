package coldstream.model;

import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.List;

/** Numbers ids 0, 1, 2, … in order of first sight. Unlike a vocabulary it has no end, and no two ids share a number. */
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
