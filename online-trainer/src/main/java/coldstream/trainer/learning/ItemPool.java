package coldstream.trainer.learning;

import it.unimi.dsi.fastutil.ints.Int2IntOpenHashMap;
import it.unimi.dsi.fastutil.ints.IntArrayList;

/** A set of item numbers that can be drawn from uniformly; every change takes constant time. */
final class ItemPool {

    private final IntArrayList items = new IntArrayList();
    private final Int2IntOpenHashMap places = new Int2IntOpenHashMap();

    ItemPool() {
        places.defaultReturnValue(-1);
    }

    void add(int item) {
        if (places.putIfAbsent(item, items.size()) < 0) {
            items.add(item);
        }
    }

    void remove(int item) {
        int place = places.remove(item);
        if (place >= 0) {
            int last = items.removeInt(items.size() - 1);
            if (last != item) {
                items.set(place, last);
                places.put(last, place);
            }
        }
    }

    boolean contains(int item) {
        return places.containsKey(item);
    }

    int size() {
        return items.size();
    }

    int at(int place) {
        return items.getInt(place);
    }

    /** In drawing order: a pool restored from it draws the same. */
    int[] toArray() {
        return items.toIntArray();
    }
}
