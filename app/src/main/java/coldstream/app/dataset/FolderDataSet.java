package coldstream.app.dataset;

import static coldstream.domain.Check.check;

import coldstream.domain.Interaction;
import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A data set in a folder.
 *
 * <ul>
 *   <li>{@code interactions.csv.gz}: user_id, item_id, rating (may be empty), timestamp (whole seconds since 1970)
 *   <li>{@code items.csv.gz}: item_id, title, categories (separated by {@code |}), brand, description
 *   <li>{@code item_keywords.csv.gz}, optional: item_id, keywords; they become the attribute {@code keywords}
 * </ul>
 *
 * Each may also be a plain {@code .csv}. Every row is checked once on opening. Interactions are then streamed from the
 * file, unless they are not in order of time: then they are sorted in memory.
 */
public final class FolderDataSet implements DataSet {

    private static final String INTERACTIONS = "interactions.csv";
    private static final String ITEMS = "items.csv";
    private static final String KEYWORDS = "item_keywords.csv";

    private final String name;
    private final Path interactions;
    private final Path items;
    private final Optional<Path> keywords;
    private final Summary summary;
    private final boolean inOrder;

    private FolderDataSet(String name, Path interactions, Path items, Optional<Path> keywords) {
        this.name = name;
        this.interactions = interactions;
        this.items = items;
        this.keywords = keywords;
        Set<ItemId> distinctItems = new HashSet<>();
        try (Stream<Item> catalogue = items()) {
            catalogue.forEach(item -> distinctItems.add(item.item()));
        }
        Set<UserId> distinctUsers = new HashSet<>();
        var order = new Order();
        try (Stream<Interaction> rows = rows()) {
            rows.forEach(row -> {
                distinctUsers.add(row.user());
                distinctItems.add(row.item());
                order.see(row.timestamp());
            });
        }
        inOrder = order.held;
        summary = new Summary(order.rows, distinctUsers.size(), distinctItems.size());
    }

    /**
     * Opens and checks a folder.
     *
     * @throws DataSetException naming file, line, rule and value, or the file that is missing
     */
    public static FolderDataSet open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataSetException("a data set must be a folder, got " + folder);
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return new FolderDataSet(
                name == null ? "data" : name.toString(),
                required(folder, INTERACTIONS),
                required(folder, ITEMS),
                CsvTable.find(folder, KEYWORDS));
    }

    private static Path required(Path folder, String name) {
        return CsvTable.find(folder, name)
                .orElseThrow(() -> new DataSetException(
                        "a data set must have %s.gz or %s, got none in %s".formatted(name, name, folder)));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Summary summary() {
        return summary;
    }

    /** An item that occurs twice counts by its first row. */
    @Override
    public Stream<Item> items() {
        Map<String, String> words = readKeywords();
        Set<ItemId> known = new HashSet<>();
        return CsvTable.rows(items, "item_id").map(row -> item(row, words)).filter(item -> known.add(item.item()));
    }

    @Override
    public Stream<Interaction> interactions() {
        if (inOrder) {
            return rows();
        }
        List<Interaction> all = new ArrayList<>();
        try (Stream<Interaction> rows = rows()) {
            rows.forEach(all::add);
        }
        all.sort(Comparator.comparing(Interaction::timestamp));
        return all.stream();
    }

    private Stream<Interaction> rows() {
        long[] number = {0};
        return CsvTable.rows(interactions, "user_id", "item_id", "timestamp").map(row -> interaction(row, ++number[0]));
    }

    private Interaction interaction(CsvTable.Row row, long number) {
        OptionalDouble rating = row.parse("rating", "rating must be a number or empty", FolderDataSet::rating);
        return new Interaction(
                Long.toString(number),
                "dataset:" + name,
                rating.isPresent() ? "rating" : "click",
                row.parse("user_id", "user_id must be 1 to 256 characters", UserId::new),
                row.parse("item_id", "item_id must be 1 to 256 characters", ItemId::new),
                rating,
                Optional.empty(),
                row.parse(
                        "timestamp",
                        "timestamp must be whole seconds since 1970",
                        text -> Instant.ofEpochSecond(Long.parseLong(text.strip()))),
                Map.of());
    }

    private static OptionalDouble rating(String text) {
        if (text.isBlank()) {
            return OptionalDouble.empty();
        }
        double value = Double.parseDouble(text);
        check(Double.isFinite(value), "rating must be finite");
        return OptionalDouble.of(value);
    }

    private static Item item(CsvTable.Row row, Map<String, String> words) {
        ItemId id = row.parse("item_id", "item_id must be 1 to 256 characters", ItemId::new);
        String found = words.get(id.value());
        return row.parse(
                "title",
                "title must have at most 2000 characters",
                title -> new Item(
                        id,
                        title.strip(),
                        categories(row.text("categories")),
                        present(row.text("brand")),
                        present(row.text("description")),
                        found == null ? Map.of() : Map.of("keywords", found)));
    }

    private static List<String> categories(String joined) {
        return Arrays.stream(joined.split("\\|", -1))
                .map(String::strip)
                .filter(category -> !category.isEmpty())
                .distinct()
                .toList();
    }

    private static Optional<String> present(String text) {
        return Optional.of(text.strip()).filter(stripped -> !stripped.isEmpty());
    }

    private Map<String, String> readKeywords() {
        Map<String, String> words = new HashMap<>();
        keywords.ifPresent(file -> {
            try (Stream<CsvTable.Row> rows = CsvTable.rows(file, "item_id", "keywords")) {
                rows.forEach(row -> words.putIfAbsent(
                        row.text("item_id"), row.text("keywords").strip()));
            }
        });
        return words;
    }

    /** Whether times never go back. */
    private static final class Order {
        private Instant latest = Instant.MIN;
        private boolean held = true;
        private long rows;

        void see(Instant time) {
            held &= !time.isBefore(latest);
            latest = time;
            rows++;
        }
    }
}
