package coldstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import coldstream.domain.ItemId;
import coldstream.domain.UserId;
import coldstream.domain.UserState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a snapshot must bring back, for every backbone: bit for bit, so every comparison here is exact. */
class ContinuationTest {

    private final Path folder;

    ContinuationTest(@TempDir Path folder) {
        this.folder = folder;
    }

    private Path saved(Model model, String name) throws IOException {
        Path into = Files.createDirectory(folder.resolve(name));
        model.capture(Trust.none()).write(into);
        return into;
    }

    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void aRestoredModelPredictsAndLearnsAsTheOneThatNeverStopped(String backbone) throws IOException {
        try (SmallModel unbroken = new SmallModel(backbone)) {
            unbroken.learn(3);
            Path middle = saved(unbroken.model, "middle");
            try (SmallModel restored = new SmallModel(Model.restore(middle, unbroken.model.config()))) {
                assertThat(restored.model.logits(restored.batch(6)))
                        .isEqualTo(unbroken.model.logits(unbroken.batch(6)));
                restored.learn(2);
                unbroken.learn(2);
                Path one = saved(restored.model, "one");
                Path two = saved(unbroken.model, "two");
                for (String file : List.of(ModelFiles.DENSE, ModelFiles.ROWS, ModelFiles.OPTIMIZER)) {
                    assertThat(one.resolve(file)).as(file).hasSameBinaryContentAs(two.resolve(file));
                }
                assertThat(Files.mismatch(middle.resolve(ModelFiles.DENSE), one.resolve(ModelFiles.DENSE)))
                        .as("something was learnt")
                        .isNotNegative();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void theRankerSaysWhatTheModelSays(String backbone) throws IOException {
        try (SmallModel small = new SmallModel(backbone)) {
            small.learn(3);
            float[] expected = small.model.logits(small.currentBatch(6));
            try (Ranker ranker = Ranker.load(saved(small.model, "served"))) {
                UserState state = new UserState(List.of(new ItemId("i0"), new ItemId("i1")), 2);
                List<ItemId> items = small.batchItems(6);
                float[] served = ranker.score(state, new UserId("u"), items);
                for (int k = 0; k < served.length; k++) {
                    float bound = 2e-6f * (1 + Math.abs(expected[k])); // only the order of sums may differ
                    assertThat(served[k]).isEqualTo(expected[k], within(bound));
                }
                UserState newcomer = new UserState(List.of(), 0);
                assertThat(ranker.score(newcomer, new UserId("nobody"), items)).isNotEqualTo(expected);
            }
        }
    }

    @Test
    void aSnapshotOfAnotherBackboneIsRefusedByName() throws IOException {
        try (SmallModel din = new SmallModel("din");
                SmallModel dcn = new SmallModel("dcnv2")) {
            Path snapshot = saved(din.model, "din");
            assertThatThrownBy(() -> Model.restore(snapshot, dcn.model.config()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("the snapshot's backbone must be dcnv2 as the settings say, got din");
        }
    }

    @Test
    void aSnapshotOfABackboneThisBuildLacksIsRefusedWithTheOnesItHas() throws IOException {
        try (SmallModel small = new SmallModel("dcnv2")) {
            Path snapshot = saved(small.model, "later");
            Path shape = snapshot.resolve(ModelFiles.SHAPE);
            Files.writeString(shape, Files.readString(shape).replace("dcnv2", "mamba"));
            assertThatThrownBy(() -> Ranker.load(snapshot))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("backbone must be one of dcnv2, ")
                    .hasMessageEndingWith("got mamba");
        }
    }
}
