package coldstream.model;

import static coldstream.domain.Check.check;

import coldstream.domain.ItemId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model at one moment. The model goes on learning while this is written. */
public final class ModelSnapshot {

    private final ModelConfig config;
    private final DenseParameters dense;
    private final Map<String, RowTable> tables;
    private final List<String> userIds;
    private final List<String> categoryIds;
    private final List<String> itemIds = new ArrayList<>();
    private final Tenancy.Saved userTenancy;
    private final Tenancy.Saved itemTenancy;
    private final Sights userSights;
    private final int[] itemSights;
    private final long[] clock;
    private final @Nullable DenseAverage average;
    private final List<ModelFiles.Line> lines = new ArrayList<>();
    private final List<float[]> vectors = new ArrayList<>();
    private final List<Integer> vectorEntries = new ArrayList<>();
    private final TextSpace.Saved text;
    private final Trust trust;

    ModelSnapshot(Model model, Trust trust) {
        Features features = model.features;
        config = model.config();
        dense = model.parameters.copy();
        tables = features.tables();
        tables.replaceAll((name, table) -> table.copy());
        userIds = features.userIds.ids();
        categoryIds = features.categoryIds.ids();
        for (CatalogueEntry entry : features.itemRows) {
            itemIds.add(entry == null ? "" : entry.item().value());
        }
        userTenancy = features.userTenancy.save(features.users);
        itemTenancy = features.itemTenancy.save(features.items);
        userSights = features.admission.users.copy();
        itemSights = config.rules().atOnce()
                ? new int[0]
                : features.catalogue().entries().stream()
                        .mapToInt(e -> e.sights)
                        .toArray();
        clock = config.rules().temporary()
                ? new long[] {features.clock.step, features.clock.minute}
                : new long[] {1, 0};
        average = model.average == null ? null : model.average.copy();
        for (CatalogueEntry entry : features.catalogue().entries()) {
            lines.add(new ModelFiles.Line(
                    entry.item().value(),
                    entry.title(),
                    entry.categories(),
                    entry.count(),
                    entry.recentValue(),
                    entry.recentAt(),
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

    /** Refuses a model with a weight that is no finite number. */
    public void requireFinite() {
        dense.requireFinite();
        tables.forEach(ModelSnapshot::requireFinite);
    }

    private static void requireFinite(String name, RowTable table) {
        for (int row = 0; row < table.rows(); row++) {
            float[] chunk = table.chunk(row);
            for (int k = table.offset(row); k < table.offset(row) + table.width(); k++) {
                check(
                        Float.isFinite(chunk[k]),
                        "every weight must be finite, got %s in row %d of %s",
                        chunk[k],
                        row,
                        name);
            }
        }
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
        if (average != null) {
            average.save(values);
        }
        values.write(folder.resolve(ModelFiles.DENSE));
    }

    private void writeRows(Path folder) {
        Safetensors.Builder rows = new Safetensors.Builder();
        Safetensors.Builder optimizer = new Safetensors.Builder();
        optimizer.metadata("row_optimizer", config.rows().form());
        dense.saveMoments(optimizer);
        Map<String, List<String>> ids = Map.of("users", userIds, "items", itemIds, "categories", categoryIds);
        tables.forEach((name, table) -> {
            if (Features.has(config, name)) {
                add(rows, optimizer, name, table);
            }
            List<String> owners = ids.get(name);
            if (owners != null) {
                rows.addTexts(name + ".ids", owners);
            }
        });
        userTenancy.write(optimizer, "users");
        itemTenancy.write(optimizer, "items");
        userSights.write(optimizer, "users.sights");
        optimizer.add("items.sights", List.of(itemSights.length), itemSights);
        optimizer.add("clock", List.of(clock.length), clock);
        rows.write(folder.resolve(ModelFiles.ROWS));
        optimizer.write(folder.resolve(ModelFiles.OPTIMIZER));
    }

    private static void add(Safetensors.Builder rows, Safetensors.Builder optimizer, String name, RowTable table) {
        rows.add(name, List.of(table.rows(), table.width()), table.flatValues());
        optimizer.add(name + ".state", List.of(table.rows(), table.stateWidth()), table.flatStates());
        optimizer.add(name + ".times", List.of(table.rows(), table.timesWidth()), table.flatTimes());
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
        features.replaceTables(name -> table(features, rows, optimizer, name, learning));
        features.userIds.restore(rows.texts("users.ids"));
        features.categoryIds.restore(rows.texts("categories.ids"));
        readItemRows(rows, features);
        features.catalogue().entries().forEach(features::linkCategories);
        Safetensors dense = Safetensors.read(folder.resolve(ModelFiles.DENSE));
        model.parameters.loadValues(dense);
        if (learning) {
            readState(optimizer, model);
            model.average = config.denseAverage() > 0 ? DenseAverage.of(config, model.parameters, dense) : null;
        } else {
            DenseAverage.load(dense, model.parameters);
        }
        return model;
    }

    private static void readItemRows(Safetensors rows, Features features) {
        int row = 0;
        for (String id : rows.texts("items.ids")) {
            features.own(row++, id.isEmpty() ? null : features.catalogue().add(new ItemId(id)));
        }
    }

    /** A saved table; one that learns no more needs no state. */
    private static RowTable table(
            Features features, Safetensors rows, Safetensors optimizer, String name, boolean learning) {
        ModelConfig config = features.config();
        if (!learning) {
            RowTable table = new RowTable(config.dimension(), features.linear(), 0, 0);
            table.addAll(rows.floats(name), new float[0], new int[0]);
            return table;
        }
        String form = optimizer.metadata().getOrDefault("row_optimizer", "none");
        check(
                form.equals(config.rows().form()),
                "the snapshot's rows must have been trained by %s, got %s",
                config.rows().form(),
                form);
        RowTable table = config.rows().table(config.dimension(), features.linear());
        table.addAll(rows.floats(name), optimizer.floats(name + ".state"), optimizer.ints(name + ".times"));
        return table;
    }

    /** Everything the model learns by, besides the state of its rows. */
    private static void readState(Safetensors optimizer, Model model) {
        Features features = model.features;
        model.parameters.loadMoments(optimizer);
        long[] clock = optimizer.longs("clock");
        features.clock.step = (int) clock[0];
        features.clock.minute = (int) clock[1];
        features.userTenancy.restore(features.users, Tenancy.Saved.read(optimizer, "users"));
        features.itemTenancy.restore(features.items, Tenancy.Saved.read(optimizer, "items"));
        features.admission.users.read(optimizer, "users.sights");
        int[] sights = optimizer.ints("items.sights");
        for (int number = 0; number < sights.length; number++) {
            features.catalogue().get(number).sights = sights[number];
        }
    }

    private static void readCatalogue(Path folder, Features features) {
        for (ModelFiles.Line line : ModelFiles.readCatalogue(folder.resolve(ModelFiles.CATALOGUE))) {
            CatalogueEntry entry = features.catalogue().add(new ItemId(line.item()));
            entry.restore(line.title(), line.categories(), line.listed(), line.retired(), line.count());
            entry.restoreRecent(line.recent(), line.recentAt());
            features.positives += line.count();
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
