package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankerTest {

    private static final int ITEMS = 1100;
    private static final UserId USER = new UserId("u");

    private final Path folder;

    RankerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static ItemId item(int number) {
        return new ItemId("i" + number);
    }

    /** Writes a snapshot of a model that has seen one user. */
    private void snapshot(double trust) {
        ModelConfig config = new ModelConfig(
                1, "dcnv2", 8, 20, true, 50, true, 0.3, 0.1, new RowAdagrad(0.2, 1e-3), 2e-3, 5, Compute.DEFAULT);
        try (Model model = new Model(config)) {
            Features features = model.features();
            for (int k = 0; k < ITEMS; k++) {
                features.describe(new Item(
                        item(k), "Item " + k, List.of("c" + k % 7), Optional.empty(), Optional.empty(), Map.of()));
                float[] text = new float[16];
                Draws.of(k).normal(text, 0, 16, 1);
                features.vector(new ItemVector(item(k), "e", "h", TextVector.of(text)));
            }
            features.count(features.catalogue().get(3));
            features.retire(item(4));
            FeatureBatch batch = new FeatureBatch(features);
            int side =
                    batch.side(features.user(USER), List.of(features.catalogue().get(3)), 1);
            for (int k = 0; k < 20; k++) {
                batch.row(side, features.catalogue().get(k), k);
            }
            model.learn(batch, logits -> {
                float[] gradient = new float[logits.length];
                java.util.Arrays.fill(gradient, 0.1f);
                return gradient;
            });
            model.update(1);
            List<Double> cells = Collections.nCopies(Trust.HISTORIES * Trust.KINDS, trust);
            model.capture(new Trust(0, List.of(cells), 1)).write(folder);
        }
    }

    private static List<ItemId> items() {
        List<ItemId> items = new ArrayList<>();
        for (int k = 0; k < ITEMS; k++) {
            items.add(item(k));
        }
        return items;
    }

    @Test
    void theOrderAskedIsTheOrderAnswered() {
        snapshot(2);
        try (Ranker ranker = Ranker.load(folder)) {
            UserState state = new UserState(List.of(item(3)), 1);
            float[] all = ranker.score(state, USER, items());
            float[] some = ranker.score(state, USER, List.of(item(1034), item(5), item(5)));
            assertThat(some[0]).isEqualTo(all[1034], within(1e-5f));
            assertThat(some[1]).isEqualTo(all[5], within(1e-5f));
            assertThat(some[2]).isEqualTo(some[1], within(1e-5f));
            assertThat(ranker.score(state, USER, List.of())).isEmpty();
        }
    }

    @Test
    void manyThreadsGetWhatOneWould() throws Exception {
        snapshot(2);
        try (Ranker ranker = Ranker.load(folder)) {
            UserState state = new UserState(List.of(item(3), item(9)), 2);
            float[] expected = ranker.score(state, USER, items());
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<float[]>> answers = new ArrayList<>();
            for (int k = 0; k < 16; k++) {
                answers.add(threads.submit(() -> ranker.score(state, USER, items())));
            }
            for (Future<float[]> answer : answers) {
                assertThat(answer.get()).isEqualTo(expected);
            }
            threads.shutdown();
        }
    }

    @Test
    void trustMovesItemsNearTheHistoryUp() {
        snapshot(0);
        UserState state = new UserState(List.of(item(3)), 1);
        float[] without;
        try (Ranker ranker = Ranker.load(folder)) {
            without = ranker.score(state, USER, List.of(item(3), item(8)));
        }
        snapshot(2);
        try (Ranker ranker = Ranker.load(folder)) {
            float[] with = ranker.score(state, USER, List.of(item(3), item(8)));
            assertThat(with[0] - without[0]).isEqualTo(2, within(1e-4f));
            assertThat(with[1] - without[1]).isLessThan(1.5f);
        }
    }

    @Test
    void theCatalogueIsWhatCanBeRecommended() {
        snapshot(0);
        try (Ranker ranker = Ranker.load(folder)) {
            assertThat(ranker.catalogue())
                    .hasSize(ITEMS - 1)
                    .contains(new CatalogueItem(item(3), "Item 3", List.of("c3"), 1))
                    .extracting(CatalogueItem::item)
                    .doesNotContain(item(4));
        }
    }

    @Test
    void anIncompleteSnapshotIsRefused() throws IOException {
        snapshot(0);
        Files.delete(folder.resolve("rows.safetensors"));
        assertThatThrownBy(() -> Ranker.load(folder))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("rows.safetensors");
    }
}
