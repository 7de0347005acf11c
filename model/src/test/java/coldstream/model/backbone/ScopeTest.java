package coldstream.model.backbone;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import coldstream.model.TensorScope;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A server keeps parameters for hours: a pass may leave nothing behind in their scope. */
final class ScopeTest {

    private static final int FIELDS = 7;
    private static final int FACTORS = 2;
    private static final int PLACES = 3;

    @ParameterizedTest
    @MethodSource("coldstream.model.backbone.Backbones#names")
    void aPassLeavesNothingInTheScopeOfTheParameters(String name) {
        Backbone backbone = Backbones.of(name);
        try (NDManager kept = TensorScope.open()) {
            Map<String, NDArray> parameters = new HashMap<>();
            for (ParameterSpec spec : backbone.parameters(FIELDS, FACTORS)) {
                long[] shape =
                        spec.shape().stream().mapToLong(Integer::longValue).toArray();
                parameters.put(spec.name(), kept.ones(new Shape(shape)));
            }
            int before = kept.getManagedArrays().size();
            assertThat(before).isEqualTo(parameters.size());
            for (Dropout dropout : new Dropout[] {Dropout.NONE, hidden -> hidden.expandDims(0)}) {
                try (NDManager scope = kept.newSubManager()) {
                    Inputs inputs = inputs(scope, backbone, dropout);
                    NDArray logits = backbone.logits(of -> Objects.requireNonNull(parameters.get(of), of), inputs);
                    assertThat(logits.size()).isEqualTo(4);
                }
                assertThat(kept.getManagedArrays().size()).isEqualTo(before);
            }
        }
    }

    private static Inputs inputs(NDManager scope, Backbone backbone, Dropout dropout) {
        Sequence sequence = new Sequence(
                scope.ones(new Shape(2, PLACES, 2 * FACTORS)),
                scope.ones(new Shape(2, PLACES)),
                scope.create(new int[] {0, 1, 1, 0}),
                scope.ones(new Shape(4, 2 * FACTORS)));
        return new Inputs(
                scope.ones(new Shape(4, FIELDS, FACTORS)),
                scope.ones(new Shape(4, FIELDS)),
                backbone.sequence() ? Optional.of(sequence) : Optional.empty(),
                dropout);
    }
}
