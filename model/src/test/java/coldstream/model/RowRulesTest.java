package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who has a row when, and what the others are taken for. */
class RowRulesTest {

    private static final Crew CREW = new Crew(2);

    private static final int D = 4;
    private static final UserId USER = new UserId("u");

    private static Model model(RowRules rules) {
        return new Model(new ModelConfig(
                7,
                "deepfm",
                D,
                4,
                false,
                0,
                false,
                0.3,
                0.01,
                new RowAdagrad(0.2, 1e-3),
                rules,
                2e-3,
                5,
                0,
                Compute.DEFAULT));
    }

    private static CatalogueEntry item(Features features, String id) {
        return features.describe(
                new Item(new ItemId(id), id, List.of("x"), Optional.empty(), Optional.empty(), Map.of()));
    }

    private static void learn(Model model, FeatureBatch batch) {
        model.learn(batch, logits -> {
            float[] by = new float[logits.length];
            java.util.Arrays.fill(by, 1);
            return by;
        });
        model.update(1);
    }

    @Test
    void aLifeIsReadWithItsUnit() {
        assertThat(RowRules.NONE.withLife("2d").ttlMinutes()).isEqualTo(2880);
        assertThat(RowRules.NONE.withLife("3h").ttlMinutes()).isEqualTo(180);
        assertThat(RowRules.NONE.withLife("90min").ttlMinutes()).isEqualTo(90);
        assertThat(RowRules.NONE.withLife("5000steps")).isEqualTo(new RowRules(1, 1, 0, 5000, 0));
        assertThat(RowRules.NONE.withLife("none")).isEqualTo(RowRules.NONE);
        assertThatThrownBy(() -> RowRules.NONE.withLife("0d")).hasMessageContaining("a row's life must be");
        assertThatThrownBy(() -> RowRules.NONE.withLife("a while")).hasMessageContaining("a row's life must be");
    }

    @Test
    void aUserGetsARowOnTheNthSightAndIsAnUnseenUserUntilThen() {
        Model model = model(new RowRules(3, 1, 0, 0, 0));
        Features features = model.features();
        CatalogueEntry item = item(features, "i");
        assertThat(features.sight(USER, "s1")).isEqualTo(-1);
        assertThat(features.user(USER)).isEqualTo(-1);
        assertThat(features.sight(USER, "s2")).isEqualTo(-1);

        FeatureBatch before = new FeatureBatch(features);
        before.row(before.side(-1, "u", List.of(), 0), item, 0);
        float[] start = new float[D];
        features.starts().random("users", "u", start, 0);
        assertThat(before.pool(new Pooling(features), CREW).features).startsWith(start);
        learn(model, before);
        assertThat(features.users.rows()).isZero();

        assertThat(features.sight(USER, "s3")).isZero();
        assertThat(features.user(USER)).isZero();
        assertThat(features.sight(new UserId("v"), "s4")).isEqualTo(-1);
    }

    @Test
    void anItemGetsARowOnTheNthSightWhateverElseNeedsItBefore() {
        Model model = model(new RowRules(2, 1, 0, 0, 0));
        Features features = model.features();
        CatalogueEntry item = item(features, "i");
        features.sight(item, "s1");
        FeatureBatch batch = new FeatureBatch(features);
        batch.row(batch.side(-1, "u", List.of(item), 1), item, 0);
        learn(model, batch);
        assertThat(item.row).isEqualTo(-1);
        features.sight(item, "s2");
        FeatureBatch next = new FeatureBatch(features);
        next.row(next.side(-1, "u", List.of(), 1), item, 0);
        assertThat(item.row).isZero();
        learn(model, next);
        assertThat(features.items.untouched(0)).isFalse();
    }

    @Test
    void admissionByProbabilityTakesItsShareAndIsTheSameEveryTime() {
        List<Integer> first = sightsUntilAdmitted(0.25);
        assertThat(sightsUntilAdmitted(0.25)).isEqualTo(first);
        double mean = first.stream().mapToInt(Integer::intValue).average().orElseThrow();
        assertThat(mean).isEqualTo(4, within(0.35)); // a geometric number of sights: mean 4, deviation 3.5 / √1000
    }

    private static List<Integer> sightsUntilAdmitted(double probability) {
        Features features = model(new RowRules(1, probability, 0, 0, 0)).features();
        List<Integer> sights = new ArrayList<>();
        for (int user = 0; user < 1000; user++) {
            int seen = 1;
            while (features.sight(new UserId("u" + user), "sample " + user + " " + seen) < 0) {
                seen++;
            }
            sights.add(seen);
        }
        return sights;
    }

    @Test
    void whoComesBackAfterLosingARowStartsAnew() {
        Model model = model(new RowRules(1, 1, 1, 0, 0));
        Features features = model.features();
        List<Integer> lost = new ArrayList<>();
        features.onLostUser(lost::add);
        CatalogueEntry item = item(features, "i");
        FeatureBatch batch = new FeatureBatch(features);
        batch.row(batch.side(features.user(USER), List.of(), 0), item, 0);
        learn(model, batch);
        float[] start = new float[D];
        features.starts().random("users", "u", start, 0);
        assertThat(values(features.users, 0)).isNotEqualTo(start);

        assertThat(features.user(new UserId("v"))).isZero();
        assertThat(lost).containsExactly(0);
        assertThat(features.find(USER)).isEqualTo(-1);
        model.update(1);
        assertThat(features.user(USER)).isZero();
        assertThat(features.userId(0)).isEqualTo(USER);
        assertThat(values(features.users, 0)).isEqualTo(start);
        assertThat(features.users.untouched(0)).isTrue();
        assertThat(features.rowCounts().get("users")).isEqualTo(new RowCounts(1, 3, 2, 0, 0));
    }

    @Test
    void anItemThatLosesItsRowIsItsStartAgainAndMustEarnTheNext() {
        Model model = model(new RowRules(2, 1, 1, 0, 0));
        Features features = model.features();
        CatalogueEntry first = item(features, "a");
        CatalogueEntry second = item(features, "b");
        for (CatalogueEntry entry : List.of(first, second)) {
            features.sight(entry, "s1");
            features.sight(entry, "s2");
            features.ensureRow(entry);
            model.update(1);
        }
        assertThat(second.row).isZero();
        assertThat(first.row).isEqualTo(-1);
        features.ensureRow(first);
        assertThat(first.row).isEqualTo(-1);
        assertThat(features.itemRows).containsExactly(second);
    }

    @Test
    void whereEveryRowIsInUseTheNewcomerIsTakenForItsStart() {
        Model model = model(new RowRules(1, 1, 1, 0, 0));
        Features features = model.features();
        CatalogueEntry first = item(features, "a");
        CatalogueEntry second = item(features, "b");
        FeatureBatch batch = new FeatureBatch(features);
        int side = batch.side(features.user(USER), List.of(), 0);
        batch.row(side, first, 0);
        batch.row(side, second, 0);
        int stranger = features.user(new UserId("v"));
        batch.row(batch.side(stranger, "v", List.of(first), 1), first, 0);
        assertThat(stranger).isEqualTo(-1);
        assertThat(second.row).isEqualTo(-1);
        learn(model, batch);
        assertThat(features.rowCounts().get("items")).isEqualTo(new RowCounts(1, 1, 0, 0, 1));
        assertThat(features.rowCounts().get("users")).isEqualTo(new RowCounts(1, 1, 0, 0, 1));
    }

    @Test
    void aRowThatIsOverdueIsGoneAtTheNextTouchEvenBeforeTheBroomCame() {
        Model model = model(new RowRules(1, 1, 0, 2, 0));
        Features features = model.features();
        features.user(USER);
        features.users.chunkToWrite(0)[0] = 9;
        for (int step = 0; step < 3; step++) {
            features.clock.step++;
        }
        assertThat(features.find(USER)).isEqualTo(-1);
        assertThat(features.user(USER)).isZero();
        assertThat(values(features.users, 0)[0]).isNotEqualTo(9);
        assertThat(features.rowCounts().get("users")).isEqualTo(new RowCounts(1, 2, 0, 1, 0));
    }

    private static float[] values(RowTable table, int row) {
        float[] values = new float[D];
        table.pool(row, 1, values, 0);
        return values;
    }
}
