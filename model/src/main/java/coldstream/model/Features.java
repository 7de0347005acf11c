package coldstream.model;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.UserId;
import coldstream.model.backbone.Backbone;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The rows behind the fields: who has one, what it starts as, and what a field is made of. {@link RowRules} say who gets a row
 * when and who loses it; without rules, ids get rows on first sight and keep them.
 */
public final class Features {

    private final ModelConfig config;
    private final Catalogue catalogue;
    private final TextSpace text;
    private final RowStarts starts;
    private final boolean linear;
    private final boolean sequence;

    final Index userIds;
    final Index categoryIds;

    /** Item by row: items get rows later than entries. */
    final List<@Nullable CatalogueEntry> itemRows = new ArrayList<>();

    final RowClock clock = new RowClock();
    final Tenancy userTenancy;
    final Tenancy itemTenancy;
    final Admission admission;
    private IntConsumer lostUser = number -> {};

    RowTable users;
    RowTable items;
    RowTable categories;

    /** Buckets of counts, then those of shares of likes. */
    RowTable userCounts;

    RowTable itemCounts;

    /** Beside those of counts, by how often an item was taken of late; empty where that is not looked at. */
    RowTable recentCounts;

    /** Positives of all items. */
    long positives;

    /** For {@link Field#TEACHER}; empty without it. */
    RowTable teacher;

    Features(ModelConfig config, Backbone backbone) {
        this.config = config;
        linear = backbone.linear();
        sequence = backbone.sequence();
        catalogue = new Catalogue();
        userIds = new Index();
        categoryIds = new Index();
        text = new TextSpace(catalogue, config);
        starts = new RowStarts(config, text);
        admission = new Admission(config);
        users = table();
        items = table();
        categories = table();
        userCounts = buckets("user_counts", Field.USER_BUCKETS + Field.LIKE_BUCKETS);
        itemCounts = buckets("item_counts", Field.ITEM_BUCKETS);
        recentCounts = buckets("recent_counts", config.recentPositives() > 0 ? Field.RECENT_BUCKETS : 0);
        teacher = buckets("teacher", config.teacherField() ? 2 * Signal.KNOTS : 0);
        userTenancy = new Tenancy(config.rules(), clock, this::loseUser);
        itemTenancy = new Tenancy(config.rules(), clock, this::loseItem);
    }

    private Features(Features other) {
        config = other.config;
        linear = other.linear;
        sequence = other.sequence;
        catalogue = other.catalogue.fork();
        userIds = other.userIds.fork();
        categoryIds = other.categoryIds.fork();
        text = other.text.fork(catalogue);
        starts = other.starts.fork(text);
        admission = new Admission(config);
        setTables(name -> other.table(name).copy());
        positives = other.positives;
        userTenancy = new Tenancy(config.rules(), clock, row -> {});
        itemTenancy = new Tenancy(config.rules(), clock, row -> {});
    }

    /**
     * These features as of now, to predict with: nobody gets or loses a row there. What is shared is copied before it is
     * written to, but for entries of the catalogue, which are {@linkplain Catalogue#own replaced}.
     */
    Features fork() {
        return new Features(this);
    }

    /** From now on notes what changes. */
    void track() {
        tables().forEach((name, table) -> table.track());
        catalogue.track();
        text.track();
    }

    /** Every table by the name it has in a snapshot. */
    Map<String, RowTable> tables() {
        Map<String, RowTable> tables = new LinkedHashMap<>();
        tables.put("users", users);
        tables.put("items", items);
        tables.put("categories", categories);
        tables.put("user_counts", userCounts);
        tables.put("item_counts", itemCounts);
        tables.put("recent_counts", recentCounts);
        tables.put("teacher", teacher);
        return tables;
    }

    /** Whether a model so configured has a table; one that has not has it empty and does not save it. */
    static boolean has(ModelConfig config, String table) {
        return switch (table) {
            case "recent_counts" -> config.recentPositives() > 0;
            case "teacher" -> config.teacherField();
            default -> true;
        };
    }

    private RowTable table() {
        return config.rows().table(config.dimension(), linear);
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

    /** Notes a sample's time: rows that live for a time go by the latest. */
    public void at(Instant event) {
        clock.at(event);
    }

    /** Told of a user's number that is free from now on; another user may get it. */
    public void onLostUser(IntConsumer told) {
        lostUser = told;
    }

    private void loseUser(int row) {
        lostUser.accept(row);
        userIds.free(row);
    }

    private void loseItem(int row) {
        CatalogueEntry entry = itemRows.set(row, null);
        if (entry != null) {
            entry.row = -1;
            entry.sights = 0;
            catalogue.changed(entry.number());
        }
    }

    /**
     * The user's row, also the user's number; -1 for a user who has none. Where rows are given at first sight this gives one.
     */
    public int user(UserId user) {
        int row = find(user);
        return row < 0 && admission.atOnce() ? admit(user) : row;
    }

    /**
     * As {@link #user}, for a user seen in a sample: a sight brings a user without a row nearer to one.
     *
     * @param sample id of the sample
     */
    public int sight(UserId user, String sample) {
        int row = find(user);
        if (row >= 0) {
            return row;
        }
        if (admission.atOnce()) {
            return admit(user);
        }
        if (!admission.sight(user, sample)) {
            return -1;
        }
        int given = admit(user);
        if (given >= 0) {
            admission.admitted(user);
        }
        return given;
    }

    /** Notes that an item was seen in a sample, which brings an item without a row nearer to one. */
    public void sight(CatalogueEntry item, String sample) {
        admission.sight(item, sample);
    }

    /** The row of a user, touched; -1 for one who has none, or lost it now. Nobody gets one by this. */
    public int find(UserId user) {
        int row = userIds.find(user.value());
        if (row >= 0 && userTenancy.overdue(row)) {
            userTenancy.expire(users, row);
            return -1;
        }
        if (row >= 0) {
            userTenancy.touch(row);
        }
        return row;
    }

    /** Notes that a user's row is used in this step. */
    void touchUser(int row) {
        userTenancy.touch(row);
    }

    private int admit(UserId user) {
        int row = userTenancy.place(users);
        if (row >= 0) {
            userIds.take(row, user.value());
            starts.random("users", user.value(), users.chunkToWrite(row), users.offset(row));
        }
        return row;
    }

    /** The user of a number. */
    public UserId userId(int number) {
        return new UserId(userIds.id(number));
    }

    /** Describes an item. */
    public CatalogueEntry describe(Item item) {
        CatalogueEntry entry = catalogue.add(item.item());
        entry.describe(item);
        linkCategories(entry);
        catalogue.changed(entry.number());
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
        catalogue.find(item).ifPresent(entry -> {
            entry.retire();
            catalogue.changed(entry.number());
        });
    }

    /** Counts one more positive of an item. */
    public void count(CatalogueEntry entry) {
        positives++;
        catalogue.changed(entry.number());
        if (config.recentPositives() > 0) {
            entry.increment(positives, config.recentPositives());
        } else {
            entry.increment();
        }
    }

    /**
     * Remembers an item's text vector; a row that has learnt nothing yet starts anew from it.
     *
     * @return whether it was taken: vectors of another encoder than the first are not
     */
    public boolean vector(ItemVector vector) {
        CatalogueEntry entry = catalogue.add(vector.item());
        boolean taken = text.put(entry, vector);
        if (taken) {
            catalogue.changedVector(entry.number());
        }
        if (taken && entry.row >= 0 && items.untouched(entry.row)) {
            starts.item(entry, items.chunkToWrite(entry.row), items.offset(entry.row));
        }
        return taken;
    }

    /** Gives the item a row if it may have one. Until then its field is what its row would start as. */
    void ensureRow(CatalogueEntry entry) {
        if (entry.row >= 0 && itemTenancy.overdue(entry.row)) {
            itemTenancy.expire(items, entry.row);
        }
        if (entry.row >= 0) {
            itemTenancy.touch(entry.row);
        } else if (admission.admits(entry)) {
            int row = itemTenancy.place(items);
            if (row >= 0) {
                own(row, entry);
                starts.item(entry, items.chunkToWrite(row), items.offset(row));
            }
        }
    }

    /** Notes whose a row is. */
    void own(int row, @Nullable CatalogueEntry entry) {
        if (row == itemRows.size()) {
            itemRows.add(entry);
        } else {
            itemRows.set(row, entry);
        }
        if (entry != null) {
            entry.row = row;
            catalogue.changed(entry.number());
        }
    }

    /** To be called when all that was learnt in a step has been applied: from now on its rows may go. */
    void stepDone() {
        clock.step++;
        userTenancy.sweep(users);
        itemTenancy.sweep(items);
    }

    /** Replaces every table the model has by the one given for the name it has in a snapshot. */
    void replaceTables(Function<String, RowTable> tables) {
        setTables(name -> has(config, name) ? tables.apply(name) : table(name));
    }

    private void setTables(Function<String, RowTable> tables) {
        users = tables.apply("users");
        items = tables.apply("items");
        categories = tables.apply("categories");
        userCounts = tables.apply("user_counts");
        itemCounts = tables.apply("item_counts");
        recentCounts = tables.apply("recent_counts");
        teacher = tables.apply("teacher");
    }

    private RowTable table(String name) {
        return Objects.requireNonNull(tables().get(name), name);
    }

    /** What became of the rows of users, items and categories. */
    public Map<String, RowCounts> rowCounts() {
        Map<String, RowCounts> counts = new LinkedHashMap<>();
        counts.put("users", userTenancy.counts(users));
        counts.put("items", itemTenancy.counts(items));
        counts.put("categories", new RowCounts(categories.rows(), categories.rows(), 0, 0, 0));
        return counts;
    }

    /** Fields, F. */
    int fields() {
        return Field.COUNT + (config.teacherField() ? 1 : 0);
    }

    /** The bucket of how often an item was taken of late, as of now; −1 where that is not looked at. */
    int recentBucket(CatalogueEntry entry) {
        return config.recentPositives() > 0
                ? Field.recentBucket(entry.recent(positives, config.recentPositives()))
                : -1;
    }

    boolean teacherField() {
        return config.teacherField();
    }

    /** Whether histories are looked at item by item. */
    boolean sequence() {
        return sequence;
    }

    boolean linear() {
        return linear;
    }

    ModelConfig config() {
        return config;
    }
}
