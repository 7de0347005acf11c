package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.Item;
import coldstream.domain.ItemId;
import coldstream.domain.ItemVector;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A ranking whose items were prepared says what the network says, and explains itself by asking again. */
class SplitRankingTest {

    private static final int ITEMS = Lanes.COUNT + 100; // more than a block
    private static final UserId USER = new UserId("u");
    private static final List<Double> CELLS = Collections.nCopies(Trust.HISTORIES * Trust.KINDS, 1.5);
    private static final Trust TRUST = new Trust(0.25, List.of(CELLS), 1, new Trust.OfProfile(CELLS, 20));

    private final Path folder;

    SplitRankingTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private static ItemId item(int number) {
        return new ItemId("i" + number);
    }

    /** Writes a snapshot and answers what the network itself says of every item for the user: backbone alone. */
    private float[] snapshot(int dimension, UserState state) {
        return snapshot("dcnv2", dimension, state);
    }

    private float[] snapshot(String backbone, int dimension, UserState state) {
        ModelConfig config = new ModelConfig(
                1,
                backbone,
                dimension,
                20,
                false,
                0,
                true,
                0.3,
                0.2,
                new RowAdagrad(0.2, 1e-3),
                2e-2,
                5,
                Compute.DEFAULT);
        try (Model model = new Model(config)) {
            Features features = model.features();
            for (int k = 0; k < ITEMS; k++) {
                features.describe(new Item(
                        item(k), "Item " + k, List.of("c" + k % 7), Optional.empty(), Optional.empty(), Map.of()));
                float[] text = new float[18]; // no multiple of four
                Draws.of(k == 8 ? 9 : k).normal(text, 0, 18, 1);
                if (k != 11) {
                    features.vector(new ItemVector(item(k), "e", "h", TextVector.of(text)));
                }
                for (int count = k % 3; count > 0; count--) {
                    features.count(features.catalogue().get(k));
                }
            }
            for (int step = 0; step < 5; step++) {
                model.learn(batch(model, state), logits -> {
                    float[] byLogit = new float[logits.length];
                    for (int k = 0; k < byLogit.length; k++) {
                        byLogit[k] = (k & 1) == 0 ? 0.01f : -0.01f;
                    }
                    return byLogit;
                });
                model.update(ITEMS);
            }
            model.capture(TRUST).write(folder);
            return model.logits(batch(model, state));
        }
    }

    private static FeatureBatch batch(Model model, UserState state) {
        Features features = model.features();
        FeatureBatch batch = new FeatureBatch(features);
        List<CatalogueEntry> history =
                state.history().stream().map(features.catalogue()::add).toList();
        int side = batch.side(features.user(USER), USER.value(), history, state.count(), state.negatives());
        for (int k = 0; k < ITEMS; k++) {
            CatalogueEntry entry = features.catalogue().get(k);
            batch.row(side, entry, entry.count());
        }
        return batch;
    }

    private static UserState state() {
        return new UserState(List.of(item(3), item(300), item(9), item(3)), 4, 2);
    }

    @ParameterizedTest
    @CsvSource({"dcnv2, 2e-6", "dcnv1, 8e-6", "deepfm, 2e-6", "mf, 2e-6", "dcnv2-mix, 5e-6"})
    void saysWhatTheNetworkSaysUpToRounding(String backbone, double rounding) {
        for (int dimension : List.of(8, 5)) {
            float[] network = snapshot(backbone, dimension, state());
            try (Ranker ranker = Ranker.load(folder)) {
                float[] served = ranker.scoreAll(UserContext.of(USER, state()));
                Taste taste = ranker.taste(state());
                assertThat(served).hasSize(ITEMS);
                for (int k = 0; k < ITEMS; k++) {
                    double expected = network[k] + 0.25 + 1.5 * taste.cosine(ranker.entry(item(k)));
                    assertThat((double) served[k])
                            .as("item %d of %s", k, dimension)
                            .isEqualTo(expected, within(rounding * (1 + Math.abs(expected))));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dcnv2", "dcnv1", "deepfm", "mf", "dcnv2-mix"})
    void aScoreDoesNotDependOnWhatElseIsAsked(String backbone) {
        snapshot(backbone, 8, state());
        try (Ranker ranker = Ranker.load(folder)) {
            UserContext user = UserContext.of(USER, state());
            float[] all = ranker.scoreAll(user);
            List<ItemId> backwards = new ArrayList<>();
            for (int k = ITEMS - 1; k >= 0; k--) {
                backwards.add(item(k));
            }
            backwards.add(40, new ItemId("never seen"));
            float[] some = ranker.score(user, backwards);
            float unknown = some[40];
            for (int k = 0; k < ITEMS; k++) {
                int place = ITEMS - 1 - k;
                assertThat(some[place < 40 ? place : place + 1]).isEqualTo(all[k]);
            }
            assertThat(ranker.score(user, List.of(item(7)))[0]).isEqualTo(all[7]);
            assertThat(ranker.score(user, List.of(new ItemId("never seen")))[0])
                    .isEqualTo(unknown)
                    .isFinite();
        }
    }

    /** Histories of several lengths, nobody's among them, and more rows than a pass takes. */
    @ParameterizedTest
    @ValueSource(strings = {"dcnv2", "autoint", "din", "xdeepfm"})
    void manyUsersAtOnceGetWhatEachWouldAlone(String backbone) {
        snapshot(backbone, 8, state());
        List<UserContext> users = new ArrayList<>();
        List<List<ItemId>> items = new ArrayList<>();
        for (int k = 0; k < 40; k++) {
            List<ItemId> history = new ArrayList<>();
            for (int item = 0; item < k % 5; item++) {
                history.add(item(7 * k + item));
            }
            users.add(UserContext.of(
                    k % 3 == 0 ? USER : new UserId("user-" + k), new UserState(history, history.size(), k % 2)));
            items.add(k == 9 ? List.of() : new ArrayList<>());
            for (int item = 0; item < 30 && k != 9; item++) {
                items.get(k).add(item == 11 ? new ItemId("never seen") : item(13 * k + item));
            }
        }
        try (Ranker ranker = Ranker.load(folder);
                Ranker ofFew = Ranker.ofFew(folder)) {
            List<float[]> together = ranker.scoreEach(users, items);
            List<float[]> unprepared = ofFew.scoreEach(users, items);
            assertThat(together).hasSize(40);
            for (int k = 0; k < 40; k++) {
                float[] alone = ranker.score(users.get(k), items.get(k));
                assertThat(together.get(k)).as("user %d", k).hasSameSizeAs(alone);
                for (int item = 0; item < alone.length; item++) {
                    assertThat(together.get(k)[item])
                            .isEqualTo(alone[item], within(2e-6f * (1 + Math.abs(alone[item]))));
                    assertThat(unprepared.get(k)[item])
                            .isEqualTo(alone[item], within(1e-5f * (1 + Math.abs(alone[item]))));
                }
            }
        }
    }

    @Test
    void theNextRankerTakesOverWhatStayedAndNothingElse() {
        snapshot(8, state());
        UserContext user = UserContext.of(USER, state());
        float[] text = new float[18];
        Draws.of(3).normal(text, 0, 18, 1);
        byte[] unit =
                DeltaBytes.write().floats(TextVector.of(text).toArray(), 0, 18).done();
        try (FollowedModel model = FollowedModel.load(folder);
                Ranker first = model.ranker()) {
            float[] before = first.scoreAll(user);
            model.apply(new DeltaRecord("vectors", "" + (Lanes.COUNT + 7), unit));
            try (Ranker next = model.ranker()) {
                TextLanes one = Objects.requireNonNull(first.texts());
                TextLanes other = Objects.requireNonNull(next.texts());
                assertThat(other.shares(one, 0)).isTrue();
                assertThat(other.shares(one, Lanes.COUNT + 7)).isFalse();
                assertThat(next.scoreAll(user)[Lanes.COUNT + 7]).isNotEqualTo(before[Lanes.COUNT + 7]);
            }
            try (Ranker third = model.ranker()) { // in the memory of the one just closed
                assertThat(first.scoreAll(user))
                        .as("what answers stays as it was")
                        .isEqualTo(before);
                assertThat(third.scoreAll(user)[0]).isFinite();
            }
        }
    }

    @Test
    void aCatalogueTooLargeToPrepareIsRankedByTheNetworkItself() {
        snapshot(8, state());
        ModelConfig config = ModelFiles.readShape(folder).config();
        try (Model model = ModelSnapshot.read(folder, config, false);
                Ranker large = new Ranker(
                        model.features,
                        model.network(),
                        model.parameters,
                        TRUST,
                        () -> {},
                        ITEMS - 1,
                        new SplitLogits.Spare(),
                        null);
                Ranker small = Ranker.load(folder)) {
            UserContext user = UserContext.of(USER, state());
            float[] expected = large.scoreAll(user);
            float[] prepared = small.scoreAll(user);
            assertThat(prepared).as("another order of sums").isNotEqualTo(expected);
            for (int k = 0; k < ITEMS; k++) {
                assertThat(prepared[k]).isEqualTo(expected[k], within(2e-6f * (1 + Math.abs(expected[k]))));
            }
        }
    }

    @Test
    void aProfileCountsInTheWholeRankingAsInAPart() {
        snapshot(8, state());
        float[] text = new float[18];
        Draws.of(9).normal(text, 0, 18, 1);
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");
        var profile = new TasteProfile(USER, "", TextVector.of(text), "e", "m", "p", 4, noon, noon);
        UserContext described = new UserContext(USER, Optional.of(state()), Map.of(), Optional.of(profile));
        try (Ranker ranker = Ranker.load(folder)) {
            float[] with = ranker.scoreAll(described);
            float[] without = ranker.scoreAll(UserContext.of(USER, state()));

            assertThat(ranker.score(described, List.of(item(10), item(9)))).containsExactly(with[10], with[9]);
            assertThat(with[9] - without[9])
                    .as("1.5 times a cosine of nearly 1")
                    .isBetween(1.2f, 1.5f);
            assertThat(with[11]).as("it has no text").isEqualTo(without[11]);
        }
    }

    @Test
    void anExplanationIsTheDifferenceToTheScoreWithoutTheThing() {
        snapshot(8, state());
        try (Ranker ranker = Ranker.load(folder)) {
            Explanation why = ranker.explain(UserContext.of(USER, state()), item(20));
            float score = ranker.score(state(), USER, List.of(item(20)))[0];
            UserState without300 = new UserState(List.of(item(3), item(9), item(3)), 4, 2);
            float without = ranker.score(without300, USER, List.of(item(20)))[0];

            assertThat(why.known()).isTrue();
            assertThat(why.score()).isEqualTo(score);
            assertThat(why.signal())
                    .isEqualTo(1.5 * ranker.taste(state()).cosine(ranker.entry(item(20))), within(1e-9));
            assertThat(why.fields())
                    .hasSize(7)
                    .allSatisfy(part -> assertThat(part.moved()).isFinite().isNotZero());
            assertThat(why.history())
                    .extracting(Explanation.Taken::item)
                    .containsExactly(item(3), item(9), item(300), item(3));
            assertThat(why.history().get(2).moved()).isEqualTo((double) score - without);
            assertThat(why.history().get(2).title()).isEqualTo("Item 300");
        }
    }

    @Test
    void whatIsNotThereMovesNothing() {
        snapshot(8, state());
        try (Ranker ranker = Ranker.load(folder)) {
            Explanation why = ranker.explain(UserContext.unknown(new UserId("new")), new ItemId("never seen"));

            assertThat(why.known()).isFalse();
            assertThat(why.signal()).isZero();
            assertThat(why.history()).isEmpty();
            assertThat(why.fields().stream()
                            .filter(part -> part.field() == Field.HISTORY
                                    || part.field() == Field.HISTORY_CATEGORIES
                                    || part.field() == Field.ITEM_CATEGORIES)
                            .mapToDouble(Explanation.Part::moved))
                    .containsOnly(0.0)
                    .hasSize(3);
        }
    }

    @Test
    void itemsOfOneTextAreAlikeAndSoIsAnItemAndItself() {
        snapshot(8, state());
        try (Ranker ranker = Ranker.load(folder)) {
            float[] byText = ranker.likeness(item(9), Likeness.TEXT).orElseThrow();
            assertThat(byText[8]).isEqualTo(1, within(1e-5f));
            assertThat(byText[11]).as("it has no text").isZero();
            assertThat(byText[10]).isLessThan(0.95f);
            float[] byRow = ranker.likeness(item(9), Likeness.ROWS).orElseThrow();
            assertThat(byRow[9]).isEqualTo(1, within(1e-6f));
            assertThat(ranker.likeness(item(11), Likeness.TEXT)).isEmpty();
            assertThat(ranker.likeness(new ItemId("never seen"), Likeness.ROWS)).isEmpty();
        }
    }
}
