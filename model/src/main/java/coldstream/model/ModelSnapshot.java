package coldstream.model;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A model at one moment. The model goes on learning while this is written. */
public final class ModelSnapshot {

    private final ModelConfig config;
    private final DenseParameters dense;
    private final RowTable users;
    private final RowTable items;
    private final RowTable categories;
    private final RowTable userCounts;
    private final RowTable itemCounts;
    private final List<String> userIds;
    private final List<String> categoryIds;
    private final List<CatalogueEntry> itemRows;
    private final List<ModelFiles.Line> lines = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();
    private final List<Integer> vectorEntries = new ArrayList<>();
    private final TextSpace.Saved text;
    private final Trust trust;

    ModelSnapshot(Model model, Trust trust) {
        Features features = model.features;
        config = model.config();
        dense = model.parameters.copy();
        users = features.users.copy();
        items = features.items.copy();
        categories = features.categories.copy();
        userCounts = features.userCounts.copy();
        itemCounts = features.itemCounts.copy();
        userIds = features.userIds.ids();
        categoryIds = features.categoryIds.ids();
        itemRows = new ArrayList<>(features.itemRows);
        for (CatalogueEntry entry : features.catalogue().entries()) {
            lines.add(new ModelFiles.Line(
                    entry.item().value(),
                    entry.title(),
                    entry.categories(),
                    entry.count(),
                    entry.listed(),
                    entry.retired()));
            if (entry.vector.length > 0) {
                vectorEntries.add(entry.number());
                vectors.add(entry.vector);
            }
        }
        text = features.text().save();
        this.trust = trust;
    }

    /** Writes the model's files. */
    public void write(Path folder) {
        ModelFiles.write(folder.resolve(ModelFiles.SHAPE), ModelFiles.Shape.of(config));
        ModelFiles.write(folder.resolve(ModelFiles.TRUST), trust);
        ModelFiles.writeCatalogue(folder.resolve(ModelFiles.CATALOGUE), lines);
        writeDense(folder);
        writeRows(folder);
        writeVectors(folder);
    }

    private void writeDense(Path folder) {
        Safetensors.Builder values = new Safetensors.Builder();
        dense.saveValues(values);
        values.write(folder.resolve(ModelFiles.DENSE));
    }

    private void writeRows(Path folder) {
        Safetensors.Builder rows = new Safetensors.Builder();
        Safetensors.Builder optimizer = new Safetensors.Builder();
        dense.saveMoments(optimizer);
        add(rows, optimizer, "users", users);
        rows.addTexts("users.ids", userIds);
        add(rows, optimizer, "items", items);
        rows.addTexts("items.ids", itemRows.stream().map(e -> e.item().value()).toList());
        add(rows, optimizer, "categories", categories);
        rows.addTexts("categories.ids", categoryIds);
        add(rows, optimizer, "user_counts", userCounts);
        add(rows, optimizer, "item_counts", itemCounts);
        rows.write(folder.resolve(ModelFiles.ROWS));
        optimizer.write(folder.resolve(ModelFiles.OPTIMIZER));
    }

    private static void add(Safetensors.Builder rows, Safetensors.Builder optimizer, String name, RowTable table) {
        rows.add(name, List.of(table.rows(), table.width()), table.flatValues());
        optimizer.add(name + ".squares", List.of(table.rows(), table.accumulators()), table.flatSquares());
    }

    private void writeVectors(Path folder) {
        Safetensors.Builder file = new Safetensors.Builder();
        file.metadata("encoder", text.encoder).metadata("next_mean", Integer.toString(text.nextMean));
        int[] entries = vectorEntries.stream().mapToInt(Integer::intValue).toArray();
        file.add("entries", List.of(entries.length), entries);
        file.addRows("vectors", text.mean.length, vectors);
        file.add("mean", List.of(text.mean.length), text.mean);
        file.add("sum", List.of(text.sum.length), text.sum);
        file.add("start_map", List.of(text.startMap.length), text.startMap);
        file.write(folder.resolve(ModelFiles.VECTORS));
    }

    /** A model as it was when captured. The optimizer's state is read where the model shall go on learning. */
    static Model read(Path folder, ModelConfig config, boolean learning) {
        Model model = new Model(config);
        Features features = model.features;
        readCatalogue(folder, features);
        readVectors(folder, features);
        Safetensors rows = Safetensors.read(folder.resolve(ModelFiles.ROWS));
        Safetensors optimizer = Safetensors.read(folder.resolve(ModelFiles.OPTIMIZER));
        rows.texts("users.ids").forEach(features.userIds::add);
        rows.texts("categories.ids").forEach(features.categoryIds::add);
        features.users = table(rows, optimizer, "users", features.users);
        features.items = table(rows, optimizer, "items", features.items);
        features.categories = table(rows, optimizer, "categories", features.categories);
        features.userCounts = table(rows, optimizer, "user_counts", features.userCounts);
        features.itemCounts = table(rows, optimizer, "item_counts", features.itemCounts);
        for (String id : rows.texts("items.ids")) {
            CatalogueEntry entry = features.catalogue().add(new coldstream.domain.ItemId(id));
            entry.row = features.itemRows.size();
            features.itemRows.add(entry);
        }
        features.catalogue().entries().forEach(features::linkCategories);
        model.parameters.loadValues(Safetensors.read(folder.resolve(ModelFiles.DENSE)));
        if (learning) {
            model.parameters.loadMoments(optimizer);
        }
        return model;
    }

    private static RowTable table(Safetensors rows, Safetensors optimizer, String name, RowTable like) {
        return RowTable.of(
                like.dimension(),
                like.width() > like.dimension(),
                rows.floats(name),
                optimizer.floats(name + ".squares"));
    }

    private static void readCatalogue(Path folder, Features features) {
        for (ModelFiles.Line line : ModelFiles.readCatalogue(folder.resolve(ModelFiles.CATALOGUE))) {
            features.catalogue()
                    .add(new coldstream.domain.ItemId(line.item()))
                    .restore(line.title(), line.categories(), line.listed(), line.retired(), line.count());
        }
    }

    private static void readVectors(Path folder, Features features) {
        Safetensors file = Safetensors.read(folder.resolve(ModelFiles.VECTORS));
        int[] entries = file.ints("entries");
        float[] all = file.floats("vectors");
        float[] mean = file.floats("mean");
        for (int k = 0; k < entries.length; k++) {
            features.catalogue().get(entries[k]).vector =
                    java.util.Arrays.copyOfRange(all, k * mean.length, (k + 1) * mean.length);
        }
        features.text()
                .restore(new TextSpace.Saved(
                        file.metadata().getOrDefault("encoder", ""),
                        file.doubles("sum"),
                        mean,
                        entries.length,
                        Integer.parseInt(file.metadata().getOrDefault("next_mean", "1")),
                        file.floats("start_map")));
    }
}
