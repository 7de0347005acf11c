package coldstream.model;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import java.util.List;

/** What the model knows of an item. Changed by one thread only. */
public final class CatalogueEntry {

    /** Most categories of an item that become features. */
    static final int MAX_CATEGORIES = 5;

    private static final int[] NONE = {};

    private final int number;
    private final ItemId item;
    private String title;
    private List<String> categories = List.of();
    private boolean listed;
    private boolean retired;
    private long count;
    private double recent;
    private long recentAt;

    /** Rows of the first categories. */
    int[] categoryRows = NONE;

    /** Row of the item, or -1: before it is needed, before it is admitted, after it was lost. */
    int row = -1;

    /** Sights that counted since the item last had a row. */
    int sights;

    /** The text vector, of length 1; empty without one. */
    float[] vector = {};

    /** One over the length of the centred vector; 0 without a vector. */
    float inverseNorm;

    CatalogueEntry(int number, ItemId item) {
        this.number = number;
        this.item = item;
        title = item.value();
    }

    /** An entry of its own that says the same. */
    CatalogueEntry copy() {
        CatalogueEntry copy = new CatalogueEntry(number, item);
        copy.restore(title, categories, listed, retired, count);
        copy.restoreRecent(recent, recentAt);
        copy.categoryRows = categoryRows;
        copy.row = row;
        copy.sights = sights;
        copy.vector = vector;
        copy.inverseNorm = inverseNorm;
        return copy;
    }

    /** Order of first sight, from 0. */
    public int number() {
        return number;
    }

    public ItemId item() {
        return item;
    }

    /** A name for people. */
    public String title() {
        return title;
    }

    public List<String> categories() {
        return categories;
    }

    /** Positives so far. */
    public long count() {
        return count;
    }

    /** Whether it was described, so that it can be recommended before anybody took it. */
    public boolean listed() {
        return listed;
    }

    public boolean retired() {
        return retired;
    }

    /** Whether it may be drawn or recommended. */
    public boolean active() {
        return !retired && (listed || count > 0);
    }

    void describe(Item described) {
        title = described.displayName();
        categories = described.categories();
        listed = true;
        retired = false;
    }

    void restore(String savedTitle, List<String> savedCategories, boolean wasListed, boolean wasRetired, long counted) {
        title = savedTitle;
        categories = List.copyOf(savedCategories);
        listed = wasListed;
        retired = wasRetired;
        count = counted;
    }

    void retire() {
        retired = true;
    }

    void increment() {
        count++;
    }

    /** Counts a positive, the {@code now}-th of all, that weighs half as much after {@code halfLife} more. */
    void increment(long now, double halfLife) {
        recent = 1 + recent(now, halfLife);
        recentAt = now;
        count++;
    }

    /** Positives of late: each weighs 2^(−age / halfLife), age in positives of all items. */
    double recent(long now, double halfLife) {
        return recent == 0 ? 0 : recent * StrictMath.pow(0.5, (now - recentAt) / halfLife);
    }

    /** What {@link #recent} starts from: its value and when it was so. */
    double recentValue() {
        return recent;
    }

    long recentAt() {
        return recentAt;
    }

    void restoreRecent(double value, long at) {
        recent = value;
        recentAt = at;
    }

    CatalogueItem asItem() {
        return new CatalogueItem(item, title, categories, count);
    }
}
