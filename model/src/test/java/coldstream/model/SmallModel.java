package coldstream.model;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model of some items and one user who took two of them. */
final class SmallModel implements AutoCloseable {

    final Model model;
    private final Features features;

    SmallModel(String backbone) {
        model = new Model(new ModelConfig(
                7, backbone, 4, 3, false, false, 0.3, 0.5, new RowAdagrad(0.2, 1e-3), 2e-3, 5, Compute.DEFAULT));
        features = model.features();
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

    /** So many rows of that user. */
    FeatureBatch batch(int rows) {
        List<CatalogueEntry> items = features.catalogue().entries();
        FeatureBatch batch = new FeatureBatch(features);
        int side = batch.side(features.user(new UserId("u")), items.subList(0, 2), 2);
        for (int k = 0; k < rows; k++) {
            batch.row(side, items.get(2 + k), k);
        }
        return batch;
    }

    @Override
    public void close() {
        model.close();
    }
}
