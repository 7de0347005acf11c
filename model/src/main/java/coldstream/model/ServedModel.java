package coldstream.model;

import coldstream.model.backbone.ParameterSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything the scores of a snapshot are a function of, as plain numbers: what another program needs to score as {@link
 * Ranker} does. Items are numbered by the catalogue, users and categories by row. A row is d factors and, where {@link
 * Shape#linear}, a linear weight behind them.
 *
 * @param shape what the numbers mean
 * @param dense dense parameters by name, as served: the average where one is kept
 * @param userIds by row; a row that is free has an empty one
 * @param items every item the snapshot knows
 * @param itemRows by item: what it learnt, or what an item without a row starts as
 * @param recentCounts without rows for a model that has none
 * @param teacher without rows for a model that has none: one for each of the {@value Signal#KNOTS} knots of either number
 * @param texts by item: the centred text vector of length 1, shape (items, E), or zeros for an item without one; E may be 0
 * @param textMean what was taken off to centre them, shape (E)
 */
public record ServedModel(
        Shape shape,
        Map<String, Tensor> dense,
        List<String> userIds,
        Tensor users,
        List<ServedItem> items,
        Tensor itemRows,
        List<String> categoryIds,
        Tensor categories,
        Tensor userCounts,
        Tensor itemCounts,
        Tensor recentCounts,
        Tensor teacher,
        Tensor texts,
        Tensor textMean,
        Trust trust) {

    /**
     * @param dimension factors of a row, d
     * @param fields F
     * @param history latest items that are pooled
     * @param linear whether rows have linear weights
     * @param teacherField whether the last field is {@link Field#TEACHER}
     * @param encoder whose texts these are, empty without
     */
    public record Shape(
            String backbone,
            long seed,
            int dimension,
            int fields,
            int history,
            boolean linear,
            boolean teacherField,
            String encoder) {}

    /** Reads a snapshot folder as a learner's checkpoint wrote it. */
    public static ServedModel read(Path snapshot) {
        Trust trust = ModelFiles.read(snapshot.resolve(ModelFiles.TRUST), Trust.class);
        ModelConfig config = ModelFiles.readShape(snapshot).config();
        try (Model model = ModelSnapshot.read(snapshot, config, false)) {
            return of(model, trust);
        }
    }

    private static ServedModel of(Model model, Trust trust) {
        Features features = model.features;
        Map<String, Tensor> dense = new LinkedHashMap<>();
        for (ParameterSpec spec : model.parameters.specs()) {
            dense.put(spec.name(), new Tensor(spec.shape(), model.parameters.values(spec)));
        }
        List<ServedItem> items = new ArrayList<>();
        for (CatalogueEntry entry : features.catalogue().entries()) {
            items.add(new ServedItem(
                    entry.asItem(),
                    entry.active(),
                    Arrays.stream(entry.categoryRows).boxed().toList(),
                    Field.bucket(entry.count(), Field.ITEM_BUCKETS),
                    features.recentBucket(entry)));
        }
        ModelConfig config = features.config();
        return new ServedModel(
                new Shape(
                        config.backbone(),
                        config.seed(),
                        config.dimension(),
                        features.fields(),
                        config.history(),
                        features.linear(),
                        features.teacherField(),
                        features.text().encoder()),
                dense,
                features.userIds.ids(),
                rows(features.users),
                items,
                itemRows(features),
                features.categoryIds.ids(),
                rows(features.categories),
                rows(features.userCounts),
                rows(features.itemCounts),
                rows(features.recentCounts),
                rows(features.teacher),
                texts(features),
                new Tensor(List.of(features.text().dimension()), features.text().mean()),
                trust);
    }

    private static Tensor rows(RowTable table) {
        return new Tensor(List.of(table.rows(), table.width()), table.flatValues());
    }

    private static Tensor itemRows(Features features) {
        List<CatalogueEntry> entries = features.catalogue().entries();
        int d = features.config().dimension();
        int width = features.items.width();
        float[] all = new float[Math.multiplyExact(entries.size(), width)];
        for (CatalogueEntry entry : entries) {
            int from = entry.number() * width;
            if (entry.row < 0) {
                features.starts().item(entry, all, from);
            } else {
                float linear = features.items.pool(entry.row, 1, all, from);
                if (width > d) {
                    all[from + d] = linear;
                }
            }
        }
        return new Tensor(List.of(entries.size(), width), all);
    }

    private static Tensor texts(Features features) {
        List<CatalogueEntry> entries = features.catalogue().entries();
        int width = features.text().dimension();
        float[] all = new float[Math.multiplyExact(entries.size(), width)];
        for (CatalogueEntry entry : entries) {
            System.arraycopy(features.text().centred(entry), 0, all, entry.number() * width, width);
        }
        return new Tensor(List.of(entries.size(), width), all);
    }
}
