package coldstream.app.export;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import coldstream.model.CatalogueEntry;
import coldstream.model.Compute;
import coldstream.model.FeatureBatch;
import coldstream.model.Features;
import coldstream.model.Model;
import coldstream.model.ModelConfig;
import coldstream.model.RowAdagrad;
import coldstream.model.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Snapshots of small models that have learnt enough for every number to matter: some items without text, without categories,
 * with too many of them, retired, new; some users without a history.
 *
 * @param texts numbers of an item's text vector, 0 for none
 * @param parts of the signal that the residual trusts
 * @param profiles whether it trusts what users' profiles say
 */
record SmallModel(
        String backbone,
        boolean teacherField,
        int texts,
        int parts,
        double spread,
        double recentPositives,
        boolean profiles) {

    /** One that looks at no profiles. */
    SmallModel(String backbone, boolean teacherField, int texts, int parts, double spread, double recentPositives) {
        this(backbone, teacherField, texts, parts, spread, recentPositives, false);
    }

    static final int ITEMS = 40;
    static final int USERS = 12;
    static final int HISTORY = 4;
    static final String ENCODER = "an encoder";

    /** One with everything in it. */
    static SmallModel of(String backbone) {
        return new SmallModel(backbone, false, 8, 6, 0.2, 30);
    }

    static ItemId item(int number) {
        return new ItemId("item/" + number + " é");
    }

    static UserId user(int number) {
        return new UserId("user " + number);
    }

    /** Teaches a model and writes its files. */
    void write(Path folder) {
        Random random = new Random(5);
        ModelConfig config = new ModelConfig(
                3,
                backbone,
                6,
                HISTORY,
                teacherField,
                recentPositives,
                true,
                0.3,
                spread,
                new RowAdagrad(0.1, 1e-3),
                0.01,
                5,
                Compute.DEFAULT);
        try (Model model = new Model(config)) {
            describe(model.features(), random);
            for (int step = 0; step < 6; step++) {
                model.learn(batch(model.features(), random), logits -> {
                    float[] gradient = new float[logits.length];
                    for (int k = 0; k < gradient.length; k++) {
                        gradient[k] = (float) random.nextGaussian() / 10;
                    }
                    return gradient;
                });
                model.update(1);
            }
            model.capture(trust(random)).write(folder);
        }
    }

    private void describe(Features features, Random random) {
        for (int k = 0; k < ITEMS; k++) {
            int categories = k % 8;
            features.describe(new Item(
                    item(k),
                    "Title " + k,
                    IntStream.range(k, k + categories)
                            .mapToObj(c -> "c" + c % 11)
                            .toList(),
                    Optional.empty(),
                    Optional.empty(),
                    Map.of()));
            if (texts > 0 && k % 5 != 0) {
                float[] text = new float[texts];
                for (int j = 0; j < texts; j++) {
                    text[j] = (float) random.nextGaussian();
                }
                features.vector(new ItemVector(item(k), ENCODER, "h", TextVector.of(text)));
            }
            for (int taken = 0; taken < k % 7; taken++) {
                features.count(features.catalogue().get(k));
            }
        }
        features.retire(item(7));
    }

    /** Items 30 and later are seen by nobody, so that they have no row. */
    private static FeatureBatch batch(Features features, Random random) {
        FeatureBatch batch = new FeatureBatch(features);
        for (int user = 0; user < USERS; user++) {
            List<CatalogueEntry> history = new ArrayList<>();
            for (int k = 0; k < user % (HISTORY + 3); k++) {
                history.add(features.catalogue().get(random.nextInt(30)));
            }
            int side = batch.side(features.user(user(user)), "", history, user, random.nextInt(20));
            for (int row = 0; row < 3; row++) {
                batch.row(side, features.catalogue().get(random.nextInt(30)), random.nextInt(50));
            }
        }
        return batch;
    }

    private Trust trust(Random random) {
        List<List<Double>> cells = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            cells.add(random.doubles(Trust.HISTORIES * Trust.KINDS).boxed().toList());
        }
        Trust.OfProfile ofProfile = profiles
                ? new Trust.OfProfile(
                        random.doubles(Trust.HISTORIES * Trust.KINDS).boxed().toList(), 1_000)
                : Trust.OfProfile.NONE;
        return new Trust(0.25, cells, 2, ofProfile);
    }
}
