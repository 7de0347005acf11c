package coldstream.scorer.candidates;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntSupplier;

/** The candidates picked so far, by item number: at most {@code limit}, each once, none of the barred ones. */
final class Picks {

    private final ItemIndex index;
    private final int[] barred;
    private final int[] picked;
    private int size;

    Picks(List<ItemId> barred, ItemIndex index, int limit) {
        this.index = index;
        this.barred = barred.stream().mapToInt(index::number).toArray();
        this.picked = new int[limit];
    }

    int size() {
        return size;
    }

    /** Places left. */
    int room() {
        return picked.length - size;
    }

    /** The items picked so far. */
    List<ItemId> items() {
        List<ItemId> items = new ArrayList<>(size);
        for (int k = 0; k < size; k++) {
            items.add(index.item(picked[k]).item());
        }
        return items;
    }

    /** Picks the item though it is barred. */
    void force(int number) {
        picked[size++] = number;
    }

    /** Picks the item if there is room and it is a new one; −1 is no item. */
    boolean offer(int number) {
        if (!mayTake(number)) {
            return false;
        }
        picked[size++] = number;
        return true;
    }

    /** Whether there is room for the item and it is a new one. */
    boolean mayTake(int number) {
        return number >= 0
                && size < picked.length
                && !contains(barred, barred.length, number)
                && !contains(picked, size, number);
    }

    /** Picks {@code wanted} items, drawing up to {@code tries} times for each. */
    void draw(int wanted, int tries, IntSupplier source) {
        for (int pick = 0; pick < wanted && size < picked.length; pick++) {
            for (int draw = 0; draw < tries && !offer(source.getAsInt()); draw++) {
                // offer has said no: draw again
            }
        }
    }

    List<Item> shuffled(SplittableRandom random) {
        int[] order = Arrays.copyOf(picked, size);
        for (int i = size - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        List<Item> items = new ArrayList<>(size);
        for (int number : order) {
            items.add(index.item(number));
        }
        return items;
    }

    private static boolean contains(int[] numbers, int length, int number) {
        for (int i = 0; i < length; i++) {
            if (numbers[i] == number) {
                return true;
            }
        }
        return false;
    }
}
