package coldstream.model;

import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Numbers ids 0, 1, 2, … in order of first sight. Unlike a vocabulary it has no end, and no two ids share a number. A number
 * made free may go to another id.
 *
 * <p>Both ways are kept in parts of some hundred ids; a {@link #fork} shares them until one side writes to them.
 */
public final class Index {

    private static final int PART_BITS = 8;
    private static final int PART = 1 << PART_BITS;

    private static final int SPREAD = 0x85EBCA6B;

    /** Numbers by the leading bits of a mixed hash. */
    private List<Object2IntOpenHashMap<String>> numbers = new ArrayList<>(List.of(newPart()));

    private boolean[] numbersShared = new boolean[1];

    private final List<String[]> ids = new ArrayList<>();
    private boolean[] idsShared = new boolean[4];
    private int size;

    private static Object2IntOpenHashMap<String> newPart() {
        var part = new Object2IntOpenHashMap<String>();
        part.defaultReturnValue(-1);
        return part;
    }

    /** The id's number, given now if it has none. */
    public int add(String id) {
        int number = find(id);
        if (number < 0) {
            number = size;
            append(id);
            put(id, number);
        }
        return number;
    }

    /** Gives a number that is free, or the next one, to an id that has none. */
    void take(int number, String id) {
        if (number == size) {
            append(id);
        } else {
            partOfIds(number)[number & (PART - 1)] = id;
        }
        put(id, number);
    }

    /** Makes a number free: its id has none any more. */
    void free(int number) {
        String[] part = partOfIds(number);
        partOfNumbers(part[number & (PART - 1)]).removeInt(part[number & (PART - 1)]);
        part[number & (PART - 1)] = "";
    }

    /** Gives a number to an id, whoever had the number and whatever number the id had; no id where it is empty. */
    void move(int number, String id) {
        while (number >= size) {
            append("");
        }
        String before = id(number);
        if (before.equals(id) && (id.isEmpty() || find(id) == number)) {
            return;
        }
        if (!before.isEmpty() && find(before) == number) {
            partOfNumbers(before).removeInt(before);
        }
        partOfIds(number)[number & (PART - 1)] = id;
        if (!id.isEmpty()) {
            put(id, number);
        }
    }

    /** Continues a copy from {@link #ids}; free numbers are empty there. */
    void restore(List<String> copy) {
        for (String id : copy) {
            append(id);
            if (!id.isEmpty()) {
                put(id, size - 1);
            }
        }
    }

    /** The id's number, or -1. */
    public int find(String id) {
        return numbers.get(place(id)).getInt(id);
    }

    /** Empty for a number that is free. */
    public String id(int number) {
        if (number < 0 || number >= size) {
            throw new IndexOutOfBoundsException(number);
        }
        return ids.get(number >> PART_BITS)[number & (PART - 1)];
    }

    public int size() {
        return size;
    }

    /** A copy, by number. */
    public List<String> ids() {
        List<String> all = new ArrayList<>(size);
        for (int from = 0; from < size; from += PART) {
            all.addAll(Arrays.asList(ids.get(from >> PART_BITS)).subList(0, Math.min(PART, size - from)));
        }
        return all;
    }

    /** This index as of now, at the cost of a reference or two per part. */
    Index fork() {
        Index fork = new Index();
        Arrays.fill(numbersShared, true);
        Arrays.fill(idsShared, 0, ids.size(), true);
        fork.numbers = new ArrayList<>(numbers);
        fork.numbersShared = numbersShared.clone();
        fork.ids.addAll(ids);
        fork.idsShared = idsShared.clone();
        fork.size = size;
        return fork;
    }

    private void append(String id) {
        int part = size >> PART_BITS;
        if (part == ids.size()) {
            ids.add(new String[PART]);
            if (part == idsShared.length) {
                idsShared = Arrays.copyOf(idsShared, 2 * part);
            }
        }
        partOfIds(size)[size & (PART - 1)] = id;
        size++;
        if (size > numbers.size() * PART) {
            spread(2 * numbers.size());
        }
    }

    private String[] partOfIds(int number) {
        int part = number >> PART_BITS;
        if (idsShared[part]) {
            ids.set(part, ids.get(part).clone());
            idsShared[part] = false;
        }
        return ids.get(part);
    }

    private void put(String id, int number) {
        partOfNumbers(id).put(id, number);
    }

    private Object2IntOpenHashMap<String> partOfNumbers(String id) {
        int place = place(id);
        if (numbersShared[place]) {
            numbers.set(place, numbers.get(place).clone());
            numbersShared[place] = false;
        }
        return numbers.get(place);
    }

    private int place(String id) {
        int parts = numbers.size();
        return parts == 1 ? 0 : (id.hashCode() * SPREAD) >>> (Integer.numberOfLeadingZeros(parts) + 1);
    }

    private void spread(int parts) {
        List<Object2IntOpenHashMap<String>> before = numbers;
        numbers = new ArrayList<>(parts);
        for (int part = 0; part < parts; part++) {
            numbers.add(newPart());
        }
        numbersShared = new boolean[parts];
        for (Object2IntOpenHashMap<String> part : before) {
            part.object2IntEntrySet().fastForEach(entry -> put(entry.getKey(), entry.getIntValue()));
        }
    }
}
