package coldstream.model;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of some items and one user who took two of them. */
final class SmallModel implements AutoCloseable {

    static final float[] BY_LOGIT = {-0.5f, 0.3f, 0.2f, -0.4f, 0.1f, 0.6f};

    final Model model;
    private final Features features;

    SmallModel(Model model) {
        this.model = model;
        features = model.features();
    }

    SmallModel(String backbone) {
        this(backbone, Compute.DEFAULT);
    }

    SmallModel(String backbone, Compute compute) {
        this(new Model(new ModelConfig(
                7, backbone, 4, 3, false, 0, false, 0.3, 0.5, new RowAdagrad(0.2, 1e-3), 2e-3, 5, compute)));
        for (int k = 0; k < 8; k++) {
            features.describe(new Item(
                    new ItemId("i" + k),
                    "Item " + k,
                    List.of("c" + k % 3),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of()));
        }
    }

    /** So many rows of that user, of items with various counts. */
    FeatureBatch batch(int rows) {
        List<CatalogueEntry> items = features.catalogue().entries();
        FeatureBatch batch = new FeatureBatch(features);
        int side = batch.side(features.user(new UserId("u")), "u", items.subList(0, 2), 2, 1);
        for (int k = 0; k < rows; k++) {
            batch.row(side, items.get(2 + k), k);
        }
        return batch;
    }

    /** {@link #batch}, with the counts the items have now. */
    FeatureBatch currentBatch(int rows) {
        List<CatalogueEntry> items = features.catalogue().entries();
        FeatureBatch batch = new FeatureBatch(features);
        int side = batch.side(features.user(new UserId("u")), items.subList(0, 2), 2);
        items.subList(2, 2 + rows).forEach(item -> batch.row(side, item, item.count()));
        return batch;
    }

    /** The items of a batch. */
    List<ItemId> batchItems(int rows) {
        return features.catalogue().entries().subList(2, 2 + rows).stream()
                .map(CatalogueEntry::item)
                .toList();
    }

    /** So many steps, the same loss each time. */
    void learn(int steps) {
        for (int step = 0; step < steps; step++) {
            model.learn(batch(BY_LOGIT.length), logits -> BY_LOGIT);
            model.update(BY_LOGIT.length);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
