package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.TextVector;
import coldstream.domain.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {

    private static final Crew CREW = new Crew(2);

    private static final int DIMENSION = 3;

    private final Model model = new Model(config("deepfm"));
    private final Features features = model.features();

    private static ModelConfig config(String backbone) {
        return new ModelConfig(
                7,
                backbone,
                DIMENSION,
                4,
                true,
                100,
                true,
                0.3,
                0.01,
                new RowAdagrad(0.2, 1e-3),
                2e-3,
                5,
                Compute.DEFAULT);
    }

    private CatalogueEntry item(String id, String... categories) {
        return item(features, id, categories);
    }

    private static CatalogueEntry item(Features features, String id, String... categories) {
        return features.describe(
                new Item(new ItemId(id), id, List.of(categories), Optional.empty(), Optional.empty(), Map.of()));
    }

    private static float[] row(RowTable table, int row) {
        float[] values = new float[table.dimension()];
        table.pool(row, 1, values, 0);
        return values;
    }

    @ParameterizedTest(name = "count {0} is in bucket {1} of 32")
    @CsvSource({"0, 0", "1, 2", "2, 3", "3, 4", "4, 4", "5, 5", "7, 6", "8, 6", "1000000, 31", "9223372036854775807, 31"
    })
    void bucketsAreHalfDoublings(long count, int bucket) {
        assertThat(Field.bucket(count, 32)).isEqualTo(bucket);
    }

    @Test
    void fieldsAreMeansOfRows() {
        CatalogueEntry first = item("a", "x", "y");
        CatalogueEntry second = item("b", "x");
        int user = features.user(new UserId("u"));
        FeatureBatch batch = new FeatureBatch(features);
        int side = batch.side(user, List.of(first, second), 2);
        batch.row(side, second, 5);
        float[] x0 = batch.pool(new Pooling(features), CREW).features;

        float[] x = row(features.categories, first.categoryRows[0]);
        float[] y = row(features.categories, first.categoryRows[1]);
        for (int k = 0; k < DIMENSION; k++) {
            assertThat(x0[k]).isEqualTo(row(features.users, user)[k]);
            assertThat(x0[DIMENSION + k])
                    .isEqualTo(
                            (row(features.items, first.row)[k] + row(features.items, second.row)[k]) / 2,
                            within(1e-7f));
            assertThat(x0[2 * DIMENSION + k]).isEqualTo(x[k] * 0.75f + y[k] * 0.25f, within(1e-7f));
            assertThat(x0[3 * DIMENSION + k]).isEqualTo(row(features.userCounts, 3)[k]);
            assertThat(x0[4 * DIMENSION + k]).isEqualTo(row(features.items, second.row)[k]);
            assertThat(x0[5 * DIMENSION + k]).isEqualTo(x[k]);
            assertThat(x0[6 * DIMENSION + k])
                    .isEqualTo(row(features.itemCounts, 5)[k] + row(features.recentCounts, 0)[k], within(1e-7f));
        }
    }

    @ParameterizedTest(name = "{0} positives and {1} negatives are in bucket {2}")
    @CsvSource({"0, 1, 5", "1, 1, 8", "3, 1, 10", "4, 1, 27", "0, 19, 16", "0, 20, 32", "1000, 1, 47"})
    void sharesOfLikesAreKeptApartByHowMuchIsKnown(long positives, long negatives, int bucket) {
        assertThat(Field.likeBucket(positives, negatives)).isEqualTo(bucket);
    }

    /** And the gradient of the user's count goes to both rows. */
    @Test
    void whoRefusedSomethingHasARowForTheShareOfLikesToo() {
        FeatureBatch batch = new FeatureBatch(features);
        int user = features.user(new UserId("u"));
        CatalogueEntry item = item("a");
        batch.row(batch.side(user, "u", List.of(), 4, 1), item, 0);
        Pooling pooling = new Pooling(features);
        float[] x0 = batch.pool(pooling, CREW).features;
        int likes = Field.USER_BUCKETS + 27;
        for (int k = 0; k < DIMENSION; k++) {
            float sum = row(features.userCounts, 4)[k] + row(features.userCounts, likes)[k];
            assertThat(x0[3 * DIMENSION + k]).isEqualTo(sum, within(1e-7f));
        }
    }

    @Test
    void aPositiveWeighsHalfAsMuchInTheRecentCountAfterTheSetNumberOfOthers() {
        CatalogueEntry item = item("a");
        features.count(item);
        features.count(item);
        double now = item.recent(features.positives, 100);
        for (int k = 0; k < 100; k++) {
            features.count(item("b"));
        }
        assertThat(now).isEqualTo(1 + Math.pow(0.5, 0.01), within(1e-12));
        assertThat(item.recent(features.positives, 100)).isEqualTo(now / 2, within(1e-12));
        assertThat(item.count()).isEqualTo(2);
    }

    /** Two rows share a number as it lies between their knots; what is beyond the ends counts as the end. */
    @Test
    void theTeachersFieldIsOnALineBetweenRows() {
        CatalogueEntry first = item("a");
        FeatureBatch batch = new FeatureBatch(features);
        int side = batch.side(features.user(new UserId("u")), List.of(), 0);
        batch.row(side, first, 0, new Signal(0.425f, 3));
        batch.row(side, first, 0);
        float[] x0 = batch.pool(new Pooling(features), CREW).features;
        for (int k = 0; k < DIMENSION; k++) {
            float taste = 0.75f * row(features.teacher, 7)[k] + 0.25f * row(features.teacher, 8)[k];
            float nearest = row(features.teacher, 2 * Signal.KNOTS - 1)[k];
            assertThat(x0[7 * DIMENSION + k]).isEqualTo(taste + nearest, within(1e-6f));
            assertThat(x0[15 * DIMENSION + k]).isZero();
        }
    }

    @Test
    void onlyTheLatestItemsArePooled() {
        List<CatalogueEntry> history = new ArrayList<>();
        for (int k = 0; k < 9; k++) {
            history.add(item("i" + k));
        }
        int user = features.user(new UserId("u"));
        FeatureBatch whole = new FeatureBatch(features);
        whole.row(whole.side(user, history, 9), history.get(0), 1);
        FeatureBatch latest = new FeatureBatch(features);
        latest.row(latest.side(user, history.subList(5, 9), 9), history.get(0), 1);
        assertThat(whole.pool(new Pooling(features), CREW).features)
                .isEqualTo(latest.pool(new Pooling(features), CREW).features);
    }

    /** Older ones than are pooled are left out; a side is there once, however many rows it has. */
    @Test
    void historyItemsStandOneByOneInTheirOrder() {
        Features other = new Model(config("din")).features();
        List<CatalogueEntry> history = new ArrayList<>();
        for (int k = 0; k < 6; k++) {
            history.add(item(other, "i" + k, "x", "c" + k));
        }
        FeatureBatch batch = new FeatureBatch(other);
        int newcomer = batch.side(other.user(new UserId("v")), List.of(), 0);
        int side = batch.side(other.user(new UserId("u")), history, 6);
        int brief = batch.side(other.user(new UserId("w")), history.subList(0, 1), 1);
        List.of(side, newcomer, side, brief).forEach(of -> batch.row(of, history.get(0), 0));
        Pooled.Histories found = batch.pool(new Pooling(other), CREW).histories;

        assertThat(found.sides).containsExactly(side, newcomer, side, brief);
        assertThat(found.mask).containsExactly(0, 0, 0, 0, 1, 1, 1, 1, 1, 0, 0, 0);
        for (int place = 0; place < 4; place++) {
            CatalogueEntry item = history.get(2 + place);
            float[] first = row(other.categories, item.categoryRows[0]);
            float[] second = row(other.categories, item.categoryRows[1]);
            for (int k = 0; k < DIMENSION; k++) {
                int at = (4 + place) * 2 * DIMENSION + k;
                assertThat(found.keys[at]).isEqualTo(row(other.items, item.row)[k]);
                assertThat(found.keys[at + DIMENSION]).isEqualTo((first[k] + second[k]) / 2, within(1e-7f));
            }
        }
    }

    /**
     * Pooling is linear in the rows, so with any gradient g of the fields: the change of g·fields when one number of a row
     * changes is what the way back gives that number.
     */
    @ParameterizedTest
    @ValueSource(strings = {"dcnv2", "deepfm", "din"})
    void theWayBackIsTheTransposeOfPooling(String backbone) {
        Model one = new Model(config(backbone));
        Features layer = one.features();
        List<CatalogueEntry> items = List.of(item(layer, "a", "x", "y", "z"), item(layer, "b", "x"), item(layer, "c"));
        int user = layer.user(new UserId("u"));
        FeatureBatch batch = new FeatureBatch(layer);
        int side = batch.side(user, "u", List.of(items.get(0), items.get(1), items.get(0)), 3, 2);
        int other = batch.side(layer.user(new UserId("v")), List.of(), 0);
        layer.count(items.get(0));
        batch.row(side, items.get(2), 0, new Signal(0.44f, 0.97f));
        batch.row(side, items.get(0), 9, new Signal(-0.7f, 1.2f));
        batch.row(other, items.get(0), 9);
        Pooling pooling = new Pooling(layer);
        Pooled pooled = batch.pool(pooling, CREW);
        Pooled g = new Pooled(
                3, layer.fields(), DIMENSION, new Pooled.Histories(2, pooled.histories.places, DIMENSION, new int[0]));
        Draws.of(3).normal(g.features, 0, g.features.length, 1);
        Draws.of(4).normal(g.linear, 0, g.linear.length, 1);
        Draws.of(5).normal(g.histories.keys, 0, g.histories.keys.length, 1);
        StepGradients back = new StepGradients(layer, one.parameters);
        batch.scatter(pooling, taken(g, back.fields, layer.fields()), back);
        back.settle(CREW);

        agree(batch, pooling, g, layer.users, back.users);
        agree(batch, pooling, g, layer.items, back.items);
        agree(batch, pooling, g, layer.categories, back.categories);
        agree(batch, pooling, g, layer.userCounts, back.userCounts);
        agree(batch, pooling, g, layer.itemCounts, back.itemCounts);
        agree(batch, pooling, g, layer.recentCounts, back.recentCounts);
        agree(batch, pooling, g, layer.teacher, back.teacher);
        assertThat(back.categories.size()).isEqualTo(3);
    }

    /** These gradients as a pass that went backwards leaves them. */
    private static Network.Gradients taken(Pooled g, FieldGradients into, int fields) {
        int first = into.more(g.size());
        System.arraycopy(g.features, 0, into.factors, first * DIMENSION, g.features.length);
        System.arraycopy(g.linear, 0, into.linear, first, g.linear.length);
        int keys = into.more(g.histories.keys.length / DIMENSION);
        System.arraycopy(g.histories.keys, 0, into.factors, keys * DIMENSION, g.histories.keys.length);
        return new Network.Gradients(List.of(), first, keys, fields);
    }

    private static void agree(FeatureBatch batch, Pooling pooling, Pooled g, RowTable table, RowGradients back) {
        float[] found = new float[table.width()];
        for (int slot = 0; slot < back.size(); slot++) {
            int row = back.row(slot);
            back.write(slot, found);
            for (int k = 0; k < table.width(); k++) {
                double before = product(batch.pool(pooling, CREW), g);
                table.chunkToWrite(row)[table.offset(row) + k] += 1;
                double change = product(batch.pool(pooling, CREW), g) - before;
                table.chunkToWrite(row)[table.offset(row) + k] -= 1;
                assertThat((double) found[k]).isEqualTo(change, within(1e-4));
            }
        }
    }

    private static double product(Pooled pooled, Pooled g) {
        return product(pooled.features, g.features)
                + product(pooled.linear, g.linear)
                + product(pooled.histories.keys, g.histories.keys);
    }

    private static double product(float[] x, float[] y) {
        assertThat(y).hasSameSizeAs(x);
        double sum = 0;
        for (int k = 0; k < x.length; k++) {
            sum += (double) x[k] * y[k];
        }
        return sum;
    }

    @Test
    void aRandomStartDependsOnTheIdAlone() {
        Features other = new Model(config("deepfm")).features();
        other.user(new UserId("somebody"));
        int there = other.user(new UserId("u"));
        int here = features.user(new UserId("u"));
        assertThat(row(features.users, here)).isEqualTo(row(other.users, there));
        assertThat(row(features.users, here)).isNotEqualTo(row(other.users, 0));
    }

    @Test
    void nearTextsStartNear() {
        CatalogueEntry a = vectored("a", 1, 0, 0, 0.1f);
        CatalogueEntry b = vectored("b", 0.9f, 0.1f, 0, 0.1f);
        CatalogueEntry c = vectored("c", 0, 0, 1, 0.1f);
        vectored("d", 0, 1, -1, 0.2f);
        List.of(a, b, c).forEach(features::ensureRow);
        float[] first = row(features.items, a.row);
        assertThat(distance(first, row(features.items, b.row))).isLessThan(distance(first, row(features.items, c.row)));
    }

    @Test
    void aVectorThatComesLateStartsAnewOnlyWhatHasLearntNothing() {
        CatalogueEntry idle = item("idle");
        CatalogueEntry busy = item("busy");
        features.ensureRow(idle);
        features.ensureRow(busy);
        features.items.state(busy.row, 0, 1);
        float[] idleBefore = row(features.items, idle.row);
        float[] busyBefore = row(features.items, busy.row);
        vectored("x", 1, 0, 0, 0);
        vectored("idle", 0, 1, 0, 0);
        vectored("busy", 0, 0, 1, 0);
        assertThat(row(features.items, idle.row)).isNotEqualTo(idleBefore);
        assertThat(row(features.items, busy.row)).isEqualTo(busyBefore);
    }

    @Test
    void vectorsOfAnotherEncoderAreRefused() {
        vectored("a", 1, 0, 0, 0);
        ItemVector foreign = new ItemVector(new ItemId("a"), "other", "h", TextVector.of(0, 1, 0, 0));
        assertThat(features.vector(foreign)).isFalse();
        assertThat(features.text().encoder()).isEqualTo("encoder");
    }

    @Test
    void tasteLeansToTheNewestItems() {
        CatalogueEntry a = vectored("a", 1, 0, 0, 0.1f);
        CatalogueEntry b = vectored("b", 0, 1, 0, 0.1f);
        CatalogueEntry c = vectored("c", 0, 0, 1, 0.1f);
        vectored("d", -1, -1, -1, 0.1f);
        Taste taste = features.text().taste(List.of(a, b), true);
        assertThat(taste.cosine(b)).isGreaterThan(taste.cosine(a));
        assertThat(taste.cosine(a)).isGreaterThan(taste.cosine(c));
        assertThat(features.text().taste(List.of(b), true).cosine(b)).isEqualTo(1, within(1e-6f));
        assertThat(features.text().taste(List.of(), true).cosine(a)).isZero();
        assertThat(taste.nearest(b)).isEqualTo(1, within(1e-6f));
        assertThat(features.text().taste(List.of(a, b), false).signal(b).nearest())
                .isZero();
        assertThat(taste.cosine(item("no vector"))).isZero();
    }

    private CatalogueEntry vectored(String id, float... vector) {
        CatalogueEntry entry = item(id);
        assertThat(features.vector(new ItemVector(entry.item(), "encoder", "hash", TextVector.of(vector))))
                .isTrue();
        return entry;
    }

    private static double distance(float[] a, float[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += (a[k] - b[k]) * (a[k] - b[k]);
        }
        return sum;
    }
}
