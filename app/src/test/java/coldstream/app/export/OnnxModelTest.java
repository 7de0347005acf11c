package coldstream.app.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import coldstream.app.export.onnx.OnnxModel;
import coldstream.domain.ItemId;
import coldstream.domain.TasteProfile;
import coldstream.domain.TextVector;
import coldstream.domain.UserContext;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import coldstream.model.Ranker;
import coldstream.model.ServedModel;
import coldstream.model.backbone.Backbones;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The scores of a snapshot by ONNX Runtime, held to those of the ranker that serves. */
class OnnxModelTest {

    private static final float TOLERANCE = 1e-5f;

    private final Path folder;

    OnnxModelTest(@TempDir Path folder) {
        this.folder = folder;
    }

    static Stream<SmallModel> models() {
        return Stream.concat(
                Backbones.names().stream()
                        .flatMap(name -> Stream.of(SmallModel.of(name), new SmallModel(name, true, 8, 6, 0.2, 0))),
                Stream.of(
                        new SmallModel("deepfm", false, 8, 1, 0.2, 0), // a straight line
                        new SmallModel("deepfm", false, 8, 0, 0.2, 0), // no trust at all
                        new SmallModel("xdeepfm", true, 0, 6, 0.2, 30), // no texts
                        new SmallModel("dcnv1", true, 8, 1, 0.2, 0)));
    }

    @ParameterizedTest
    @MethodSource("models")
    void randomUsersAndItemsGetTheScoresOfTheRanker(SmallModel model) throws Exception {
        model.write(folder);
        Random random = new Random(9);
        try (Ranker ranker = Ranker.load(folder);
                OnnxScores onnx = exported()) {
            for (int round = 0; round < 60; round++) {
                UserId user = SmallModel.user(random.nextInt(SmallModel.USERS));
                UserState state = state(random, round % 15);
                List<ItemId> items = some(random, 1 + random.nextInt(50));
                assertThat(onnx.score(state, user, items))
                        .as("%s with %d items of history", user, state.history().size())
                        .containsExactly(ranker.score(state, user, items), within(TOLERANCE));
            }
        }
    }

    /** With a spread of 0 the row an unknown id starts as is zeros, as it is in the graph. */
    @ParameterizedTest
    @MethodSource("backbones")
    void unknownUsersAndItemsAreScoredByZeros(String backbone) throws Exception {
        new SmallModel(backbone, false, 8, 6, 0, 30).write(folder);
        UserState state = new UserState(List.of(SmallModel.item(3), new ItemId("unknown"), SmallModel.item(4)), 5);
        List<ItemId> items = List.of(new ItemId("never seen"), SmallModel.item(5), new ItemId("nor this"));
        try (Ranker ranker = Ranker.load(folder);
                OnnxScores onnx = exported()) {
            for (UserState known : List.of(state, UserState.EMPTY)) {
                UserId stranger = new UserId("a stranger");
                assertThat(onnx.score(known, stranger, items))
                        .containsExactly(ranker.score(known, stranger, items), within(TOLERANCE));
            }
        }
    }

    static List<String> backbones() {
        return Backbones.names();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6})
    void aProfileIsOneMoreInputAndZerosAreNone(int parts) throws Exception {
        new SmallModel("dcnv2", false, 8, parts, 0.2, 0, true).write(folder);
        Random random = new Random(4);
        Instant noon = Instant.parse("2026-01-31T12:00:00Z");
        try (Ranker ranker = Ranker.load(folder);
                OnnxScores onnx = exported()) {
            for (int round = 0; round < 20; round++) {
                UserId user = SmallModel.user(round % SmallModel.USERS);
                UserState state = state(random, round % 7);
                List<ItemId> items = some(random, 20);
                float[] text = new float[8];
                for (int k = 0; k < text.length; k++) {
                    text[k] = (float) random.nextGaussian();
                }
                var vector = TextVector.of(text);
                var profile = new TasteProfile(user, "", vector, SmallModel.ENCODER, "m", "p", 0, noon, noon);
                var described = new UserContext(user, Optional.of(state), Map.of(), Optional.of(profile));

                assertThat(onnx.score(state, user, items, vector.toArray()))
                        .containsExactly(ranker.score(described, items), within(TOLERANCE));
                assertThat(onnx.score(state, user, items, new float[8]))
                        .containsExactly(ranker.score(state, user, items), within(TOLERANCE));
            }
        }
    }

    @Test
    void noCandidatesAreNoScores() throws Exception {
        SmallModel.of("xdeepfm").write(folder);
        try (OnnxScores onnx = exported()) {
            assertThat(onnx.score(UserState.EMPTY, SmallModel.user(1), List.of()))
                    .isEmpty();
        }
    }

    @Test
    void countsFallIntoTheBucketsTheModelLearntThemIn() throws Exception {
        SmallModel.of("deepfm").write(folder);
        List<ItemId> items = List.of(SmallModel.item(1), SmallModel.item(2));
        try (Ranker ranker = Ranker.load(folder);
                OnnxScores onnx = exported()) {
            for (long count : new long[] {0, 1, 2, 3, 4, 9, 10, 44, 45, 46, 1_000, 2_895, 2_896, 1L << 40}) {
                UserState state = new UserState(List.of(SmallModel.item(3)), count);
                assertThat(onnx.score(state, SmallModel.user(2), items))
                        .as("%d positives", count)
                        .containsExactly(ranker.score(state, SmallModel.user(2), items), within(TOLERANCE));
            }
        }
    }

    private OnnxScores exported() throws Exception {
        Path file = folder.resolve("model.onnx");
        OnnxModel.write(ServedModel.read(folder), Map.of("coldstream.model", "ctr"), file);
        return new OnnxScores(file);
    }

    private static UserState state(Random random, int length) {
        return new UserState(some(random, length), random.nextInt(40), random.nextInt(3) * (long) random.nextInt(40));
    }

    private static List<ItemId> some(Random random, int count) {
        List<ItemId> items = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            items.add(SmallModel.item(random.nextInt(SmallModel.ITEMS)));
        }
        return items;
    }
}
