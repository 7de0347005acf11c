package coldstream.model;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.UserId;
import coldstream.model.backbone.Backbone;
import java.util.ArrayList;
import java.util.List;

/** The rows behind the fields: who has one, what it starts as, and what a field is made of. Ids get rows on first sight. */
public final class Features {

    private final ModelConfig config;
    private final Catalogue catalogue = new Catalogue();
    private final TextSpace text;
    private final RowStarts starts;
    private final boolean linear;
    private final boolean sequence;

    final Index userIds = new Index();
    final Index categoryIds = new Index();

    /** Item by row: items get rows later than entries. */
    final List<CatalogueEntry> itemRows = new ArrayList<>();

    RowTable users;
    RowTable items;
    RowTable categories;
    RowTable userCounts;
    RowTable itemCounts;

    Features(ModelConfig config, Backbone backbone) {
        this.config = config;
        linear = backbone.linear();
        sequence = backbone.sequence();
        text = new TextSpace(catalogue, config);
        starts = new RowStarts(config, text);
        users = table();
        items = table();
        categories = table();
        userCounts = buckets("user_counts", Field.USER_BUCKETS);
        itemCounts = buckets("item_counts", Field.ITEM_BUCKETS);
    }

    private RowTable table() {
        return new RowTable(config.dimension(), linear);
    }

    private RowTable buckets(String name, int count) {
        RowTable table = table();
        for (int bucket = 0; bucket < count; bucket++) {
            int row = table.add();
            starts.random(name, Integer.toString(bucket), table.chunkToWrite(row), table.offset(row));
        }
        return table;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    public TextSpace text() {
        return text;
    }

    RowStarts starts() {
        return starts;
    }

    /** The user's row, made on first sight; also the user's number. */
    public int user(UserId user) {
        int row = userIds.add(user.value());
        if (row == users.rows()) {
            users.add();
            starts.random("users", user.value(), users.chunkToWrite(row), users.offset(row));
        }
        return row;
    }

    /** The user of a number. */
    public UserId userId(int number) {
        return new UserId(userIds.id(number));
    }

    /** Users seen. */
    public int userCount() {
        return userIds.size();
    }

    /** Describes an item. */
    public CatalogueEntry describe(Item item) {
        CatalogueEntry entry = catalogue.add(item.item());
        entry.describe(item);
        linkCategories(entry);
        return entry;
    }

    void linkCategories(CatalogueEntry entry) {
        List<String> names = entry.categories();
        int[] rows = new int[Math.min(names.size(), CatalogueEntry.MAX_CATEGORIES)];
        for (int k = 0; k < rows.length; k++) {
            int row = categoryIds.add(names.get(k));
            if (row == categories.rows()) {
                categories.add();
                starts.random("categories", names.get(k), categories.chunkToWrite(row), categories.offset(row));
            }
            rows[k] = row;
        }
        entry.categoryRows = rows;
    }

    public void retire(ItemId item) {
        catalogue.find(item).ifPresent(CatalogueEntry::retire);
    }

    /** Counts one more positive of an item. */
    public void count(CatalogueEntry entry) {
        entry.increment();
    }

    /**
     * Remembers an item's text vector; a row that has learnt nothing yet starts anew from it.
     *
     * @return whether it was taken: vectors of another encoder than the first are not
     */
    public boolean vector(ItemVector vector) {
        CatalogueEntry entry = catalogue.add(vector.item());
        boolean taken = text.put(entry, vector);
        if (taken && entry.row >= 0 && items.untouched(entry.row)) {
            starts.item(entry, items.chunkToWrite(entry.row), items.offset(entry.row));
        }
        return taken;
    }

    /** Makes sure the item has a row. */
    void ensureRow(CatalogueEntry entry) {
        if (entry.row < 0) {
            entry.row = items.add();
            itemRows.add(entry);
            starts.item(entry, items.chunkToWrite(entry.row), items.offset(entry.row));
        }
    }

    /** Rows of users, items and categories. */
    public long[] rowCounts() {
        return new long[] {users.rows(), items.rows(), categories.rows()};
    }

    /** Whether histories are looked at item by item. */
    boolean sequence() {
        return sequence;
    }

    ModelConfig config() {
        return config;
    }
}
