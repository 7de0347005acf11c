package coldstream.benchmarks;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.model.CatalogueEntry;
import coldstream.model.Draws;
import coldstream.model.FeatureBatch;
import coldstream.model.Model;
import coldstream.model.Trust;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;

/**
 * Made-up batches with the shape of real ones: each row has a user and an item of its own, {@value #HISTORY} history items
 * and items of three categories. Popular items are drawn more often. A label agrees with the parity of user and item four
 * times in five, so that there is something to learn.
 */
final class Workload {

    static final int HISTORY = 20;

    private static final int KINDS = 500;
    private static final int SLOTS = 5;

    /** @param history newest last */
    record Row(
            int user, CatalogueEntry item, long userCount, long itemCount, int label, List<CatalogueEntry> history) {}

    private final int users;
    private final int itemCount;
    private final Draws draws = Draws.of(1, "workload");
    private final List<List<Row>> batches = new ArrayList<>();
    private final List<CatalogueEntry> entries = new ArrayList<>();

    /** Gives the model its users and items, and draws the batches. */
    Workload(Model model, int users, int items, int rows, int steps) {
        this.users = users;
        itemCount = items;
        for (int user = 0; user < users; user++) {
            model.features().user(new UserId("u" + user));
        }
        FeatureBatch all = new FeatureBatch(model.features());
        int side = all.side(0, List.of(), 0);
        for (int item = 0; item < items; item++) {
            CatalogueEntry entry = model.features().describe(item(item));
            entries.add(entry);
            all.row(side, entry, 0);
        }
        for (int step = 0; step < steps; step++) {
            batches.add(draw(rows));
        }
    }

    /** The first items name all categories in order, so that a category's number is its row. */
    private Item item(int number) {
        List<String> kinds = new ArrayList<>();
        for (int k = 0; k < (number < KINDS / SLOTS ? SLOTS : 3); k++) {
            kinds.add("k" + (number < KINDS / SLOTS ? number * SLOTS + k : draws.below(KINDS)));
        }
        return new Item(
                new ItemId("i" + number),
                "",
                kinds.stream().distinct().toList(),
                Optional.empty(),
                Optional.empty(),
                Map.of());
    }

    /** So many rows drawn anew. */
    List<Row> draw(int rows) {
        List<Row> batch = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            int user = draws.below(users);
            CatalogueEntry item = popular();
            int agrees = ((user ^ item.number()) & 1) == 0 ? 1 : 0;
            int label = draws.below(5) == 0 ? 1 - agrees : agrees;
            List<CatalogueEntry> history = new ArrayList<>();
            for (int k = 0; k < HISTORY; k++) {
                history.add(popular());
            }
            batch.add(new Row(user, item, draws.below(200), draws.below(5_000), label, history));
        }
        return batch;
    }

    private CatalogueEntry popular() {
        double u = draws.uniform();
        return entries.get((int) (itemCount * u * u));
    }

    List<Row> batch(long step) {
        return batches.get((int) (step % batches.size()));
    }

    /** A step's rows as the model takes them. */
    static FeatureBatch features(Model model, List<Row> batch) {
        FeatureBatch features = new FeatureBatch(model.features());
        for (Row row : batch) {
            features.row(features.side(row.user, row.history, row.userCount), row.item, row.itemCount);
        }
        return features;
    }

    /** Writes what another program needs to do the same: the model's snapshot, and the ids in {@code ids.bin}. */
    void write(Model model, Path folder) throws IOException {
        model.capture(Trust.none()).write(folder);
        try (DataOutputStream out = new DataOutputStream(
                new java.io.BufferedOutputStream(Files.newOutputStream(folder.resolve("ids.bin"))))) {
            write(out, itemCount);
            write(out, batches.size());
            for (CatalogueEntry entry : entries) {
                write(out, entry.categories().size());
            }
            for (CatalogueEntry entry : entries) {
                for (String kind : entry.categories()) {
                    write(out, Integer.parseInt(kind.substring(1)));
                }
            }
            for (List<Row> batch : batches) {
                write(out, batch);
            }
        }
    }

    private static void write(DataOutputStream out, List<Row> batch) throws IOException {
        column(out, batch, Row::user);
        column(out, batch, row -> row.item().number());
        column(out, batch, row -> bucket(row.userCount(), 24));
        column(out, batch, row -> bucket(row.itemCount(), 32));
        column(out, batch, Row::label);
        for (Row row : batch) {
            for (CatalogueEntry item : row.history()) {
                write(out, item.number());
            }
        }
    }

    private static void column(DataOutputStream out, List<Row> batch, ToIntFunction<Row> number) throws IOException {
        for (Row row : batch) {
            write(out, number.applyAsInt(row));
        }
    }

    /** Which bucket row a count falls in, written once more: ⌊2 log₂(1 + n)⌋, at most the last. */
    private static int bucket(long count, int buckets) {
        return Math.min((int) Math.floor(2 * Math.log1p((double) count) / Math.log(2) + 1e-9), buckets - 1);
    }

    private static void write(DataOutputStream out, int number) throws IOException {
        out.writeInt(Integer.reverseBytes(number));
    }
}
