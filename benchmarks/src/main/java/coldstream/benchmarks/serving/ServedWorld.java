package coldstream.benchmarks.serving;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.SnapshotManifest;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.model.CatalogueEntry;
import coldstream.model.Compute;
import coldstream.model.Draws;
import coldstream.model.FeatureBatch;
import coldstream.model.Model;
import coldstream.model.ModelConfig;
import coldstream.model.RowAdagrad;
import coldstream.model.Trust;
import coldstream.wire.Json;
import coldstream.wire.SnapshotFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A made-up catalogue with the shape of a real one: items with three categories and a text vector each, users with histories,
 * and a model of the default shape that has learnt a little, so that no number is zero. Everybody has up to 50 items behind
 * them; the language model's signal is trusted, so that the residual is in every score.
 */
final class ServedWorld {

    private static final int TEXT = 384;
    private static final int STEPS = 20;
    private static final int ROWS = 256;

    private final String backbone;
    private final int items;
    private final int users;
    private final Draws draws = Draws.of(1, "served world");

    /** @param backbone by name; {@code +field} behind it gives the model the teacher's field */
    ServedWorld(String backbone, int items, int users) {
        this.backbone = backbone;
        this.items = items;
        this.users = users;
    }

    static UserId user(int number) {
        return new UserId("user-" + number);
    }

    static ItemId item(int number) {
        return new ItemId("item-" + number);
    }

    /** Writes a snapshot of the model and leaves it where serving looks when the registry is away. */
    void write(Path data, String modelName) throws IOException {
        Path folder = data.resolve("serving").resolve(modelName);
        Path snapshot = Files.createDirectories(folder.resolve("made-up"));
        String name = backbone.replace("+field", "");
        ModelConfig config = new ModelConfig(
                1,
                name,
                32,
                20,
                !name.equals(backbone),
                0,
                true,
                0.15,
                0.01,
                new RowAdagrad(0.2, 1e-3),
                2e-3,
                5,
                Compute.DEFAULT);
        try (Model model = new Model(config)) {
            for (int number = 0; number < items; number++) {
                describe(model, number);
            }
            for (int step = 0; step < STEPS; step++) {
                learn(model);
            }
            List<Double> cells = Collections.nCopies(Trust.HISTORIES * Trust.KINDS, 0.5);
            model.capture(new Trust(0, List.of(cells), 2)).write(snapshot);
        }
        Files.write(snapshot.resolve(SnapshotManifest.FILE_NAME), Json.write(manifest(modelName, snapshot)));
        Files.write(folder.resolve("last.json"), Json.write(Map.of("version", "1", "snapshot_id", "made-up")));
    }

    private void describe(Model model, int number) {
        List<String> categories = List.of("c" + number % 40, "d" + number % 300, "e" + number % 7);
        CatalogueEntry entry = model.features()
                .describe(new Item(
                        item(number),
                        "Item number " + number,
                        categories,
                        Optional.empty(),
                        Optional.empty(),
                        Map.of()));
        float[] text = new float[TEXT];
        Draws.of(number % 300, "topic").normal(text, 0, TEXT, 1);
        float[] own = new float[TEXT];
        draws.normal(own, 0, TEXT, 1);
        for (int k = 0; k < TEXT; k++) {
            text[k] += own[k];
        }
        model.features().vector(new ItemVector(item(number), "made-up", "hash", TextVector.of(text)));
        for (int count = draws.below(20); count > 0; count--) {
            model.features().count(entry);
        }
    }

    private void learn(Model model) {
        FeatureBatch batch = new FeatureBatch(model.features());
        for (int row = 0; row < ROWS; row++) {
            List<CatalogueEntry> history = new ArrayList<>();
            for (ItemId item : history(draws.below(users)).history()) {
                history.add(model.features().catalogue().find(item).orElseThrow());
            }
            int number = model.features().user(user(draws.below(users)));
            CatalogueEntry item = model.features().catalogue().get(draws.below(items));
            batch.row(batch.side(number, history, history.size()), item, item.count());
        }
        model.learn(batch, logits -> {
            float[] byLogit = new float[logits.length];
            for (int row = 0; row < logits.length; row++) {
                byLogit[row] = ((row & 1) == 0 ? -0.5f : 0.5f) / logits.length;
            }
            return byLogit;
        });
        model.update(ROWS);
    }

    /** What Redis knows of a user. */
    UserState history(int user) {
        Draws own = Draws.of(user, "history");
        List<ItemId> history = new ArrayList<>();
        for (int k = 1 + own.below(50); k > 0; k--) {
            history.add(item(own.below(items)));
        }
        return new UserState(history, history.size());
    }

    /** Everybody's state. */
    Map<UserId, UserState> histories() {
        Map<UserId, UserState> all = new HashMap<>();
        for (int user = 0; user < users; user++) {
            all.put(user(user), history(user));
        }
        return all;
    }

    private SnapshotManifest manifest(String model, Path snapshot) {
        return new SnapshotManifest(
                SnapshotManifest.FORMAT_VERSION,
                model,
                Optional.empty(),
                Instant.now(),
                STEPS,
                0,
                Map.of(),
                Optional.empty(),
                (long) STEPS * ROWS,
                Optional.empty(),
                Optional.empty(),
                1,
                Map.of("backbone", backbone),
                "made-up",
                "unknown",
                Map.of(),
                Map.of(),
                SnapshotFolder.digests(snapshot));
    }
}
